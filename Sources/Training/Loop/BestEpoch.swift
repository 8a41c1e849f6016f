/// The parameters after the epoch that did best on the validation samples.
struct BestEpoch: Codable {
  private(set) var epoch = 0
  var parameters: [Float] = []
  private var correct = -1
  private var loss = Double.infinity

  /// Checkpoints keep parameters as tensors.
  private enum CodingKeys: CodingKey { case epoch, correct, loss }

  /// Takes an epoch if it is better: more samples right or, with as many right, a smaller loss.
  mutating func consider(_ validation: Evaluation, epoch: Int, parameters: [Float]) -> Bool {
    guard
      validation.correct > correct || (validation.correct == correct && validation.loss < loss)
    else { return false }
    self.epoch = epoch
    self.parameters = parameters
    correct = validation.correct
    loss = validation.loss
    return true
  }
}
