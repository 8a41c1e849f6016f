import SpikeTraces

/// A fully connected layer of a network and its hardware, about to be fitted to each other, for
/// platforms that have no other layers.
struct FullyConnectedBinding {
  let file: HardwareFile
  let hardware: HardwareFile.Layer
  let header: TraceHeader
  let trace: String
  /// The layer's position in the network.
  let position: Int

  /// The layer of the network.
  var traced: TracedLayer { header.layers[position] }

  /// The shape of the boundary that it reads.
  var input: LayerShape { position == 0 ? header.input : header.layers[position - 1].output }

  /// Checks that both are fully connected, and that the network's shapes can be computed with.
  func check() throws(HardwareError) {
    let platform = file.platform.rawValue
    guard hardware.kind == .fullyConnected else {
      throw hardwareError(
        .kind,
        "layer \(hardware.name) is '\(hardware.kind.rawValue)', but \(platform) has "
          + "'\(HardwareFile.Layer.Kind.fullyConnected.rawValue)' layers only; change 'kind', or use "
          + "another platform")
    }
    guard case .fullyConnected = traced.operation else {
      throw HardwareError(
        file: trace,
        message: "layer '\(traced.name)': it is a convolution, and \(platform) has fully connected "
          + "layers only; use a network without convolutions, or another platform")
    }
    guard header.timeSteps > 0, input.isSound, traced.output.isSound else {
      throw HardwareError(
        file: trace,
        message: "layer '\(traced.name)': its shapes or time steps are not positive; the trace is "
          + "damaged, so record it again")
    }
  }

  func hardwareError(_ parameter: HardwareParameter, _ message: String) -> HardwareError {
    HardwareError(
      file: file.path, line: hardware.keyLines[parameter.key] ?? hardware.line, message: message)
  }

  /// The error for a network whose input is not spikes.
  static func directCoding(_ file: HardwareFile, _ trace: String) -> HardwareError {
    HardwareError(
      file: trace,
      message: "the input of this network is real-valued (coding 'direct'), and "
        + "\(file.platform.rawValue) reads spikes; record a trace with rate coding")
  }
}
