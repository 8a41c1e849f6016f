import SpikingKernels
import SpikingNetworks

/// How close the membranes of a layer come to its threshold.
struct MembraneRange {
  var largest: Float
  var mean: Float
  var threshold: Float
}

/// Runs some inputs again to find out what happens inside.
struct ActivityProbe {
  let plan: NetworkPlan
  let parameters: [Float]
  /// Fill a workspace's input, one sample each.
  let inputs: [(NetworkWorkspace) -> Void]

  /// The membranes of a layer over all inputs and steps; nil if there is no memory to look.
  func membranes(_ layer: Int) -> MembraneRange? {
    var largest = -Float.infinity
    var sum = 0.0
    var count = 0
    var threshold: Float = 0
    let hasRun = run { workspace, packed in
      let size = plan.timeSteps * plan.layers[layer].shape.neurons.count
      let membranes = workspace.layers[layer].of(0).membranes
      for index in 0..<size {
        largest = max(largest, membranes[index])
        sum += Double(membranes[index])
      }
      count += size
      threshold = plan.layers[layer].dynamics(packed.values).threshold
      return true
    }
    guard hasRun else { return nil }
    return MembraneRange(
      largest: largest, mean: Float(sum / Double(max(1, count))), threshold: threshold)
  }

  /// The first layer with a membrane that is not finite, with the position of the input.
  func firstNonFinite() -> (layer: String, input: Int)? {
    var found: (String, Int)?
    var input = 0
    run { workspace, _ in
      for (layer, blocks) in zip(plan.layers, workspace.layers) {
        let size = plan.timeSteps * layer.shape.neurons.count
        if (0..<size).contains(where: { !blocks.of(0).membranes[$0].isFinite }) {
          found = (layer.name, input)
          return false
        }
      }
      input += 1
      return true
    }
    return found
  }

  /// Runs the inputs until `body` says that it has seen enough.
  ///
  /// Explanations are worth no failure of their own: without memory nothing is run.
  ///
  /// - Returns: whether there was memory to run.
  @discardableResult
  private func run(_ body: (NetworkWorkspace, PackedParameters) -> Bool) -> Bool {
    guard let workspace = try? NetworkWorkspace(plan, keeping: { _ in .membranes }),
      let packed = try? PackedParameters(plan)
    else { return false }
    packed.load(parameters)
    for load in inputs {
      load(workspace)
      ForwardPass.run(plan, parameters: packed, workspace: workspace)
      if !body(workspace, packed) { break }
    }
    return true
  }
}
