import SpikingKernels
import SpikingNetworks

extension GradientEngine {
  /// All samples through a layer before any goes on to the next, because a batch normalisation needs
  /// the currents of the whole batch: every sample has memory of its own.
  func runTogether(
    _ batch: Batch, _ chunks: Int, _ parameters: PackedParameters,
    _ outcomes: UnsafeMutableBufferPointer<BatchOutcome>
  ) {
    var labels = [Int](repeating: 0, count: batch.count)
    labels.withUnsafeMutableBufferPointer { labels in
      forEachSample(batch, chunks) { sample, _ in
        labels[sample] = batch.load(
          sample, WorkspaceSlot(workspace: activities[sample], index: 0))
      }
    }
    for index in plan.layers.indices {
      forEachSample(batch, chunks) { sample, _ in
        ForwardPass.connect(plan, index, parameters: parameters, workspace: activities[sample])
      }
      normaliseForward(index, batch, chunks, parameters)
      forEachSample(batch, chunks) { sample, _ in
        if let affine = normalisers[index]?.affine {
          ForwardPass.normalise(plan, index, affine, workspace: activities[sample])
        }
        ForwardPass.emit(
          plan, index, parameters: parameters, workspace: activities[sample],
          dropout: batch.dropout(sample))
      }
    }
    forEachSample(batch, chunks) { sample, chunk in
      judge(
        labels[sample], batch.count, activities[sample], gradients[sample],
        slot: 0, &outcomes[chunk])
    }
    for index in plan.layers.indices.reversed() {
      forEachSample(batch, chunks) { sample, chunk in
        backward.neurons(
          index, context(sample, chunk: chunk), dropout: batch.dropout(sample))
        if batch.isMeasured {
          outcomes[chunk].gradients.add(
            backward.nonzero(index, slot: 0, gradients[sample]), of: 1, plan, layer: index)
        }
      }
      normaliseBackward(index, batch, chunks, parameters)
      forEachSample(batch, chunks) { sample, chunk in
        normalisers[index]?.apply(
          backward.currentGradient(index, gradients[sample]),
          currents: activities[sample].layers[index].of(0).currents)
        backward.connection(index, slots: 0..<1, context(sample, chunk: chunk))
        if backward.goesOn(index) { gradients[sample].stepBack() }
      }
    }
    forEachSample(batch, chunks) { sample, _ in
      batch.visitInputGradient(sample, gradients[sample].output)
    }
  }

  /// Moves the running statistics of all layers towards those of the last batch.
  func updateStatistics(_ parameters: inout [Float]) {
    for normaliser in normalisers { normaliser?.updateStatistics(&parameters) }
  }

  private func normaliseForward(
    _ index: Int, _ batch: Batch, _ chunks: Int, _ parameters: PackedParameters
  ) {
    guard let normaliser = normalisers[index] else { return }
    normaliser.begin(chunks: chunks)
    normaliser.withSums { sums in
      forEachSample(batch, chunks) { sample, chunk in
        normaliser.add(activities[sample].layers[index].of(0).currents, to: sums(chunk))
      }
    }
    normaliser.finishForward(samples: batch.count, parameters: parameters.values)
  }

  private func normaliseBackward(
    _ index: Int, _ batch: Batch, _ chunks: Int, _ parameters: PackedParameters
  ) {
    guard let normaliser = normalisers[index] else { return }
    normaliser.begin(chunks: chunks)
    normaliser.withSums { sums in
      forEachSample(batch, chunks) { sample, chunk in
        normaliser.add(
          gradient: backward.currentGradient(index, gradients[sample]),
          currents: activities[sample].layers[index].of(0).currents, to: sums(chunk))
      }
    }
    normaliser.finishBackward(parameters: parameters.values)
  }

  private func forEachSample(
    _ batch: Batch, _ chunks: Int, _ body: (_ sample: Int, _ chunk: Int) -> Void
  ) {
    ParallelTasks.run(chunks, threads: threads) { chunk, _ in
      for sample in samples(chunk, of: chunks, batch) { body(sample, chunk) }
    }
  }
}
