import BundledFiles

extension LabelledImages {
  /// The 1,797 handwritten digits of 8x8 pixels that come with Lockstep.
  ///
  /// The test part of UCI's *Optical Recognition of Handwritten Digits* (Alpaydin and Kaynak, 1998,
  /// CC BY 4.0); the resource folder's README has the details. Grey levels 0 ... 16 become 0 ... 1.
  ///
  /// - Throws: ``DatasetError`` (`unreadable`) if the resources were not kept beside the program.
  public static func digits() throws(DatasetError) -> LabelledImages {
    try LabelledImages(
      idx: digitsFolder() + "/digits", name: "digits", largestValue: 16, classes: 10)
  }

  private static func digitsFolder() throws(DatasetError) -> String {
    if let folder = BundledFolder.path("digits", of: "Datasets") { return folder }
    throw DatasetError(
      .unreadable, "the digits data are not beside the program",
      remedy: "keep the folder Lockstep_Datasets.resources beside the executable, or give --data",
      location: BundledFolder.program)
  }
}
