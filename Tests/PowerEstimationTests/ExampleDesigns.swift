import Accelerator
import PowerEstimation

/// Published configurations, with the numbers of the publications' files.
enum ExampleDesigns {
  /// conv-2023 for 32C3-P2-32C3-P2-256-450 on SVHN, two time steps.
  static func svhn(_ elements: [Int]) -> HardwareDesign {
    func convolution(
      _ channels: Int, _ input: Int, _ output: Int, _ elements: Int, _ width: Int
    ) -> HardwareDesign.Structure {
      .convolution(
        ConvolutionGeometry(
          timeSteps: 2, inputChannels: channels, outputChannels: 32, kernel: 3, inputPixels: input,
          outputPixels: output, processingElements: elements, encoderWidth: width,
          listCapacity: 2 * width), pooling: 2)
    }
    return HardwareDesign(
      platform: .conv2023, timeSteps: 2, inputSpikes: MemoryShape(depth: 6, width: 1_024),
      layers: [
        .init(name: "conv1", structure: convolution(3, 1_024, 900, elements[0], 256)),
        .init(name: "conv2", structure: convolution(32, 225, 169, elements[1], 56)),
        .init(
          name: "fc1",
          structure: fullyConnected(
            2, 32, 42, 256, elements[2], width: 150, list: 336, variant: .fc1)),
        .init(
          name: "fc2",
          structure: fullyConnected(
            2, 1, 256, 450, elements[3], width: 150, list: 64, variant: .fc2)),
      ])
  }

  /// hybrid-2024 for the smaller VGG9, three time steps, allocation {1,7,6,24,16,36,32,4,1}.
  static let vgg9: HardwareDesign = {
    let layers: [(String, Int, Int, Int, Int, pooling: Int)] = [
      ("conv1_2", 64, 28, 1_024, 7, 2), ("conv2_1", 28, 48, 256, 6, 1),
      ("conv2_2", 48, 54, 256, 24, 2), ("conv3_1", 54, 120, 64, 16, 1),
      ("conv3_2", 120, 126, 64, 36, 1), ("conv3_3", 126, 140, 64, 32, 2),
    ]
    let dense = DenseGeometry(
      timeSteps: 3, inputChannels: 3, outputChannels: 64, kernel: 3, pixels: 1_024)
    return HardwareDesign(
      platform: .hybrid2024, timeSteps: 3, inputSpikes: nil,
      layers: [.init(name: "conv1_1", structure: .dense(dense))]
        + layers.map { name, inputs, outputs, pixels, elements, pooling in
          let geometry = ConvolutionGeometry(
            timeSteps: 3, inputChannels: inputs, outputChannels: outputs, kernel: 3,
            inputPixels: pixels, outputPixels: pixels, processingElements: elements,
            encoderWidth: pixels / 4, listCapacity: pixels / 2)
          return .init(name: name, structure: .convolution(geometry, pooling: pooling))
        } + [
          .init(
            name: "fc1",
            structure: fullyConnected(
              3, 140, 16, 1_064, 4, width: 200, list: 560, variant: .fc1)),
          .init(
            name: "fc2",
            structure: fullyConnected(
              3, 1, 1_064, 1_100, 1, width: 200, list: 266, variant: .fc2)),
        ])
  }()

  static func fullyConnected(
    _ steps: Int, _ channels: Int, _ frame: Int, _ neurons: Int, _ elements: Int, width: Int,
    list: Int, variant: FullyConnectedGeometry.Variant
  ) -> HardwareDesign.Structure {
    .fullyConnected(
      FullyConnectedGeometry(
        timeSteps: steps, inputChannels: channels, frameSize: frame, neurons: neurons,
        processingElements: elements, encoderWidth: width, listCapacity: list, variant: variant))
  }

  static func report(
    _ design: HardwareDesign, _ options: ResourceOptions = ResourceOptions(),
    on device: Device? = nil
  ) -> ResourceReport {
    ResourceReport(design, name: "test", network: "test", options: options, device: device)
  }
}
