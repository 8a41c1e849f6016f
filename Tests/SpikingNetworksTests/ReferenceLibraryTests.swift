import CDNNL
import SeededRandom
import SpikingKernels
import Testing

/// Convolutions and their derivatives against oneDNN.
@Suite struct ReferenceLibraryTests {
  /// Input, weights `[tap][input][output]`, bias and dL/d(output) of one frame.
  private struct Layer {
    var geometry: ConnectionGeometry
    var input: [Float]
    var weights: [Float]
    var bias: [Float]
    var slopes: [Float]

    init(_ geometry: ConnectionGeometry, density: Float, isBinary: Bool) {
      func values(_ count: Int, _ density: Float, seed: UInt64) -> [Float] {
        var stream = RandomStream(seed: seed)
        return (0..<count).map { _ in
          stream.nextUnit() < density ? 2 * stream.nextUnit() - 1 : 0
        }
      }
      self.geometry = geometry
      let block = values(geometry.inputCount, density, seed: 1)
      input = isBinary ? block.map { $0 == 0 ? 0 : 1 } : block
      weights = values(geometry.weightCount, 1, seed: 2)
      bias = values(geometry.outputChannels, 1, seed: 3)
      slopes = values(geometry.outputCount, density, seed: 4)
    }
  }

  /// Runs oneDNN's three convolutions: output, and the gradients of input, weights and bias.
  private func reference(_ layer: Layer) throws -> [[Float]] {
    let geometry = layer.geometry
    var (engine, stream): (dnnl_engine_t?, dnnl_stream_t?)
    func check(_ status: dnnl_status_t) { #expect(status == dnnl_success) }
    check(dnnl_engine_create(&engine, dnnl_cpu, 0))
    check(dnnl_stream_create(&stream, engine, dnnl_stream_default_flags.rawValue))
    defer {
      dnnl_stream_destroy(stream)
      dnnl_engine_destroy(engine)
    }
    func description(_ extents: [Int], _ order: dnnl_format_tag_t) -> dnnl_memory_desc_t {
      var description = dnnl_memory_desc_t()
      check(
        dnnl_memory_desc_init_by_tag(
          &description, Int32(extents.count), extents.map(Int64.init), dnnl_f32, order))
      return description
    }
    // Channels last, and weights as ours.
    var source = description(
      [1, geometry.inputChannels, geometry.inputHeight, geometry.inputWidth], dnnl_nhwc)
    var target = description(
      [1, geometry.outputChannels, geometry.outputHeight, geometry.outputWidth], dnnl_nhwc)
    var weights = description(
      [
        geometry.outputChannels, geometry.inputChannels, geometry.kernelHeight,
        geometry.kernelWidth,
      ], dnnl_hwio)
    var bias = description([geometry.outputChannels], dnnl_x)
    let strides = [Int64](repeating: Int64(geometry.stride), count: 2)
    let padding = [Int64](repeating: Int64(geometry.padding), count: 2)
    var (forward, backData, backWeights) = (
      dnnl_convolution_desc_t(), dnnl_convolution_desc_t(), dnnl_convolution_desc_t()
    )
    check(
      dnnl_convolution_forward_desc_init(
        &forward, dnnl_forward_training, dnnl_convolution_direct, &source, &weights, &bias,
        &target, strides, padding, padding))
    check(
      dnnl_convolution_backward_data_desc_init(
        &backData, dnnl_convolution_direct, &source, &weights, &target, strides, padding, padding))
    check(
      dnnl_convolution_backward_weights_desc_init(
        &backWeights, dnnl_convolution_direct, &source, &weights, &bias, &target, strides, padding,
        padding))
    func run(
      _ operation: UnsafeRawPointer, hint: dnnl_primitive_desc_t?,
      _ blocks: [(place: Int32, shape: dnnl_memory_desc_t, values: UnsafeMutablePointer<Float>)]
    ) throws -> dnnl_primitive_desc_t? {
      var (plan, primitive): (dnnl_primitive_desc_t?, dnnl_primitive_t?)
      check(dnnl_primitive_desc_create(&plan, operation, nil, engine, hint))
      check(dnnl_primitive_create(&primitive, plan))
      var memories: [dnnl_memory_t?] = []
      var arguments: [dnnl_exec_arg_t] = []
      for block in blocks {
        var (memory, shape): (dnnl_memory_t?, dnnl_memory_desc_t) = (nil, block.shape)
        check(dnnl_memory_create(&memory, &shape, engine, block.values))
        memories.append(memory)
        arguments.append(dnnl_exec_arg_t(arg: block.place, memory: memory))
      }
      check(dnnl_primitive_execute(primitive, stream, Int32(arguments.count), arguments))
      check(dnnl_stream_wait(stream))
      for memory in memories { dnnl_memory_destroy(memory) }
      dnnl_primitive_destroy(primitive)
      return plan
    }
    func storage(_ values: [Float]) throws -> FloatStorage {
      let storage = try FloatStorage(count: values.count)
      for (index, value) in values.enumerated() { storage.start[index] = value }
      return storage
    }
    let (x, w, b, g) = try (
      storage(layer.input), storage(layer.weights), storage(layer.bias), storage(layer.slopes)
    )
    let output = try FloatStorage(count: geometry.outputCount)
    let onInput = try FloatStorage(count: geometry.inputCount)
    let onWeights = try FloatStorage(count: geometry.weightCount)
    let onBias = try FloatStorage(count: geometry.outputChannels)
    let hint = try run(
      &forward, hint: nil,
      [
        (DNNL_ARG_SRC_0, source, x.start), (DNNL_ARG_WEIGHTS_0, weights, w.start),
        (DNNL_ARG_BIAS, bias, b.start), (DNNL_ARG_DST_0, target, output.start),
      ])
    let dataPlan = try run(
      &backData, hint: hint,
      [
        (DNNL_ARG_DIFF_DST_0, target, g.start), (DNNL_ARG_WEIGHTS_0, weights, w.start),
        (DNNL_ARG_DIFF_SRC_0, source, onInput.start),
      ])
    let weightPlan = try run(
      &backWeights, hint: hint,
      [
        (DNNL_ARG_DIFF_DST_0, target, g.start), (DNNL_ARG_SRC_0, source, x.start),
        (DNNL_ARG_DIFF_WEIGHTS_0, weights, onWeights.start),
        (DNNL_ARG_DIFF_BIAS, bias, onBias.start),
      ])
    for plan in [hint, dataPlan, weightPlan] { dnnl_primitive_desc_destroy(plan) }
    return [output, onInput, onWeights, onBias].map {
      Array(UnsafeBufferPointer(start: $0.start, count: $0.count))
    }
  }

  @Test(
    arguments: [
      (3, 32, 12, 3, 1, 1), (32, 32, 10, 3, 1, 1), (2, 16, 11, 5, 1, 2), (4, 24, 12, 3, 2, 1),
      (8, 40, 6, 6, 1, 0),
    ], [(Float(0.1), true), (0.4, true), (1, false)])
  func agreesWithOneDNN(shape: (Int, Int, Int, Int, Int, Int), kind: (Float, Bool)) throws {
    let geometry = ConnectionGeometry(
      inputChannels: shape.0, inputHeight: shape.2, inputWidth: shape.2, outputChannels: shape.1,
      kernelHeight: shape.3, kernelWidth: shape.3, stride: shape.4, padding: shape.5)
    let layer = Layer(geometry, density: kind.0, isBinary: kind.1)
    let expected = try reference(layer)
    let plan = ConnectionPlan(geometry, timeSteps: 1)
    let scratch = try ConnectionScratch([plan])
    let packed = try ConnectionWeights(plan, goesBack: true)
    packed.pack(layer.weights, bias: layer.bias)
    var output = [Float](repeating: 9, count: geometry.outputCount)
    var inputGradient = [Float](repeating: 9, count: geometry.inputCount)
    var weightGradient = [Float](repeating: 0, count: geometry.weightCount)
    var biasGradient = [Float](repeating: 0, count: geometry.outputChannels)
    ConnectionKernels.forward(
      plan, input: layer.input, weights: packed, output: &output, scratch: scratch)
    ConnectionKernels.inputGradient(
      plan, outputGradient: layer.slopes, weights: packed, inputGradient: &inputGradient,
      scratch: scratch)
    ConnectionKernels.addWeightGradient(
      plan, input: layer.input, outputGradient: layer.slopes, weightGradient: &weightGradient,
      biasGradient: &biasGradient, scratch: scratch)
    for (ours, theirs) in zip(
      [output, inputGradient, weightGradient, biasGradient], expected)
    {
      let largest = theirs.map(abs).max() ?? 0
      #expect(largest > 0)
      #expect(zip(ours, theirs).allSatisfy { abs($0 - $1) <= 1e-5 * max(1, largest) })
    }
  }
}
