import Foundation

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

  /// Looks beside the program instead of asking `Bundle.module`, which ends the program if a
  /// copied executable has lost its resources.
  private static func digitsFolder() throws(DatasetError) -> String {
    var beginnings = [Bundle.main.bundleURL, Bundle.main.resourceURL].compactMap { $0 }
    beginnings += [
      Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent(),
      CommandLine.arguments.first.map {
        URL(fileURLWithPath: $0).resolvingSymlinksInPath().deletingLastPathComponent()
      },
    ].compactMap { $0 }
    for beginning in beginnings {
      let folder = beginning.appendingPathComponent("Lockstep_Datasets.resources/digits").path
      if FileManager.default.fileExists(atPath: folder) { return folder }
    }
    throw DatasetError(
      .unreadable, "the digits data are not beside the program",
      remedy: "keep the folder Lockstep_Datasets.resources beside the executable, or give --data",
      location: beginnings.first?.path ?? "")
  }
}
