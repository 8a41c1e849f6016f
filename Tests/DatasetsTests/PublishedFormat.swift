import Datasets
import Foundation
import TestSupport
import Testing

/// Every format that is read, as a folder with small files of it.
enum PublishedFormat: String, CaseIterable, Sendable {
  case idx
  case svhn
  case compressedSVHN
  case cifar10
  case nMNIST
  case dvsGesture
  case gestureLabels
  case dvsGestureTonic
  case cifar10DVS
  case plainDV
  case lz4DV
  case zstandardDV

  /// The file that is damaged, below the folder.
  var damagedFile: String {
    switch self {
    case .idx: "train-images-idx3-ubyte"
    case .svhn, .compressedSVHN: "train_32x32.mat"
    case .cifar10: "data_batch_3.bin"
    case .nMNIST: "Train/4/00001.bin"
    case .dvsGesture: "user01_led.aedat"
    case .gestureLabels: "user01_led_labels.csv"
    case .dvsGestureTonic: "ibmGestureTrain/user01_led/3.npy"
    case .cifar10DVS: "cat/cifar10_cat_0.aedat"
    case .plainDV, .lz4DV, .zstandardDV: "cat/cifar10_cat_0.aedat4"
    }
  }

  /// The whole content of that file.
  func content() throws -> [UInt8] {
    switch self {
    case .idx: [0, 0, 8, 3, 0, 0, 0, 6, 0, 0, 0, 4, 0, 0, 0, 5] + (0..<120).map { UInt8($0) }
    case .svhn: ExampleFiles.svhn(labels: [10, 3])
    case .compressedSVHN: Array(try Fixture.data("svhn-compressed.mat"))
    case .cifar10: ExampleFiles.cifar10(labels: [3])
    case .nMNIST: ExampleFiles.nMNIST(ExampleFiles.events(50))
    case .dvsGesture: ExampleFiles.aedat3(ExampleFiles.events(50, side: 128))
    case .gestureLabels: Array(Self.labels.utf8)
    case .dvsGestureTonic: ExampleFiles.gesture(ExampleFiles.events(50, side: 128))
    case .cifar10DVS: ExampleFiles.aedat2(ExampleFiles.events(50, side: 128))
    case .plainDV: Array(try Fixture.data("dv-none.aedat4"))
    case .lz4DV: Array(try Fixture.data("dv-lz4.aedat4"))
    case .zstandardDV: Array(try Fixture.data("dv-zstd.aedat4"))
    }
  }

  private static let labels = "class,startTime_usec,endTime_usec\n3,0,900\n11,900,5000\n"

  /// Writes the folder.
  func write(_ folder: ExampleFolder) throws {
    switch self {
    case .idx:
      try folder.write([0, 0, 8, 1, 0, 0, 0, 6, 0, 1, 2, 3, 4, 5], "train-labels-idx1-ubyte")
    case .svhn, .compressedSVHN: break
    case .cifar10:
      for part in 1...5 {
        try folder.write(
          ExampleFiles.cifar10(labels: [UInt8(part)]), "data_batch_\(part).bin")
      }
    case .nMNIST:
      for digit in 0..<10 {
        try folder.write(
          ExampleFiles.nMNIST(ExampleFiles.events(20 + digit)), "Train/\(digit)/00001.bin")
      }
    case .dvsGesture, .gestureLabels:
      try folder.write("user01_led.aedat\r\n\n", "trials_to_train.txt")
      try folder.write(Self.labels, "user01_led_labels.csv")
      try folder.write(
        ExampleFiles.aedat3(ExampleFiles.events(50, side: 128)), "user01_led.aedat")
    case .dvsGestureTonic: break
    case .cifar10DVS, .plainDV, .lz4DV, .zstandardDV:
      let ending = self == .cifar10DVS ? "aedat" : "aedat4"
      for name in [
        "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
      ] {
        try folder.write(try content(), "\(name)/cifar10_\(name)_0.\(ending)")
      }
    }
    try folder.write(try content(), damagedFile)
  }

  /// Opens the folder, decodes every sample, and encodes it.
  static func decodeAll(_ folder: ExampleFolder) throws -> [Sample] {
    let data = try FoundData.open(folder.path).training
    let encoder = InputEncoder(
      coding: .direct, framing: EventFraming(denoising: 100), size: PictureSize(height: 4, width: 4)
    )
    return try (0..<data.count).map { index in
      let input = try encoder.input(data, sample: index, timeSteps: 3, seed: 1, epoch: 1)
      #expect(input.allSatisfy { $0.isFinite })
      return try data.sample(index)
    }
  }
}
