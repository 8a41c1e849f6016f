import Foundation

extension FoundData {
  /// The recordings in a folder, or nil if it holds none that are known.
  static func events(in folder: DataFolder) throws(DatasetError) -> FoundData? {
    if let found = try nMNIST(folder) { return found }
    if let found = try dvsGesture(folder) { return found }
    if let found = try dvsGesture(folder["DvsGesture"]) { return found }
    if let found = try dvsGestureTonic(folder) { return found }
    return try cifar10DVS(folder)
  }

  // MARK: N-MNIST

  private static func nMNIST(_ folder: DataFolder) throws(DatasetError) -> FoundData? {
    guard folder["Train"]["0"].isFolder else { return nil }
    return FoundData(
      .nMNIST, training: try nMNISTPart(folder["Train"]),
      test: folder["Test"].isFolder ? try nMNISTPart(folder["Test"]) : nil)
  }

  private static func nMNISTPart(
    _ folder: DataFolder
  ) throws(DatasetError) -> EventRecordings {
    var recordings: [(any EventRecording, Int)] = []
    for digit in 0..<10 {
      let files = folder["\(digit)"].files(".bin")
      guard !files.isEmpty else { throw absent(folder["\(digit)"], ".bin", .nMNIST) }
      recordings += files.map { (NMNISTRecording(path: $0), digit) }
    }
    return try EventRecordings(
      name: "n-mnist", height: 34, width: 34, classes: 10, recordings: recordings)
  }

  // MARK: DVS128 Gesture

  private static func dvsGesture(_ folder: DataFolder) throws(DatasetError) -> FoundData? {
    guard folder["trials_to_train.txt"].exists else { return nil }
    let test = folder["trials_to_test.txt"]
    return FoundData(
      .dvsGesture, training: try trials(folder, "trials_to_train.txt"),
      test: test.exists ? try trials(folder, "trials_to_test.txt") : nil)
  }

  private static func trials(
    _ folder: DataFolder, _ list: String
  ) throws(DatasetError) -> EventRecordings {
    var recordings: [(any EventRecording, Int)] = []
    for (_, name) in try TextLines.read(folder[list].path) {
      guard name.hasSuffix(".aedat"), !name.contains("/") else {
        throw .corrupt(folder[list].path, "'\(name.prefix(80))' is not the name of an .aedat file")
      }
      guard folder[name].exists else {
        throw DatasetError(
          .unreadable, "\(list) names this file, but it is missing",
          remedy: KnownDataSet.dvsGesture.instructions, location: folder[name].path)
      }
      let file = AEDAT3File(path: folder[name].path)
      let labels = folder[name.dropLast(6) + "_labels.csv"].path
      recordings += try GestureLabels.read(labels).map { label in
        (AEDAT3Trial(file: file, start: label.start, end: label.end), label.gesture)
      }
    }
    return try EventRecordings(
      name: "dvs-gesture", height: 128, width: 128, classes: 11, recordings: recordings)
  }

  private static func dvsGestureTonic(_ folder: DataFolder) throws(DatasetError) -> FoundData? {
    guard folder["ibmGestureTrain"].isFolder else { return nil }
    let test = folder["ibmGestureTest"]
    return FoundData(
      .dvsGestureTonic, training: try gestures(folder["ibmGestureTrain"]),
      test: test.isFolder ? try gestures(test) : nil)
  }

  /// A folder a person and lighting; the name of a file is its label.
  private static func gestures(_ folder: DataFolder) throws(DatasetError) -> EventRecordings {
    var recordings: [(any EventRecording, Int)] = []
    for person in folder.names where folder[person].isFolder {
      for path in folder[person].files(".npy") {
        let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        guard let label = Int(name) else {
          throw .corrupt(path, "the file's name is not the number of a gesture, 0 to 10")
        }
        recordings.append((NumPyRecording(path: path, timeUnit: 1000), label))
      }
    }
    guard !recordings.isEmpty else { throw absent(folder, ".npy", .dvsGestureTonic) }
    return try EventRecordings(
      name: "dvs-gesture", height: 128, width: 128, classes: 11, recordings: recordings)
  }

  // MARK: CIFAR10-DVS

  private static let classNames = [
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
  ]

  private static func cifar10DVS(_ folder: DataFolder) throws(DatasetError) -> FoundData? {
    guard folder[classNames[0]].isFolder else { return nil }
    let isNew = !folder[classNames[0]].files(".aedat4").isEmpty
    let known = isNew ? KnownDataSet.cifar10DVSTonic : .cifar10DVS
    var recordings: [(any EventRecording, Int)] = []
    for (label, name) in classNames.enumerated() {
      let files = folder[name].files(isNew ? ".aedat4" : ".aedat")
      guard !files.isEmpty else {
        throw absent(folder[name], isNew ? ".aedat4" : ".aedat", known)
      }
      recordings += files.map { path in
        (isNew ? AEDAT4Recording(path: path) : AEDAT2Recording(path: path), label)
      }
    }
    return FoundData(
      known,
      training: try EventRecordings(
        name: "cifar10-dvs", height: 128, width: 128, classes: 10, recordings: recordings))
  }

  private static func absent(
    _ folder: DataFolder, _ ending: String, _ known: KnownDataSet
  ) -> DatasetError {
    DatasetError(
      .unreadable, "there are no \(ending) files here", remedy: known.instructions,
      location: folder.path)
  }
}
