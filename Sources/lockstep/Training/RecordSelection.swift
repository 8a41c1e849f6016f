import ArgumentParser
import Datasets
import Training

/// Which samples a user wants recorded.
enum RecordSelection: ExpressibleByArgument {
  case test
  case train
  case validation
  case all
  case range(TraceSampleSelection)

  init?(argument: String) {
    switch argument {
    case "test": self = .test
    case "train": self = .train
    case "validation": self = .validation
    case "all": self = .all
    default:
      guard let range = TraceSampleSelection(argument: argument) else { return nil }
      self = .range(range)
    }
  }
}

/// Samples that go into one trace.
struct RecordedPart {
  /// The last part of the trace's name.
  var suffix: String
  /// What the trace's header says of them.
  var split: String
  var data: any LabelledSamples
  var samples: [Int]
}

extension RecordSelection {
  /// The parts that this selects.
  ///
  /// - Throws: ``TrainingError`` (`invalidSettings`) if there are no such samples.
  func parts(_ plan: TrainPlan) throws(TrainingError) -> [RecordedPart] {
    // Where the test samples choose the best epoch, they are none to learn.
    let learning =
      plan.parts.validation == plan.parts.test ? plan.parts.training.sorted() : plan.parts.learning
    let train = RecordedPart(suffix: "train", split: "train", data: plan.data, samples: learning)
    let test = RecordedPart(
      suffix: "test", split: "test", data: plan.testData, samples: plan.parts.test)
    switch self {
    case .test: return [test]
    case .train: return [train]
    case .all: return [train, test]
    case .validation:
      return [
        RecordedPart(
          suffix: "validation", split: "validation", data: plan.data,
          samples: plan.parts.validation)
      ]
    case .range(let selection):
      guard let range = selection.range(count: test.samples.count) else {
        throw TrainingError(
          .invalidSettings,
          "the test samples \(selection.text) were asked for, but there are \(test.samples.count)",
          remedy: "give --record-samples a range from 0 to \(test.samples.count - 1)")
      }
      return [
        RecordedPart(
          suffix: "test",
          split: range.count == test.samples.count ? "test" : "test \(selection.text)",
          data: test.data, samples: Array(test.samples[range]))
      ]
    }
  }

  /// What is recorded on the way if nothing was said: enough to see trends, at little cost.
  static func onTheWay(_ plan: TrainPlan) -> RecordSelection {
    let last = min(100, plan.parts.test.count) - 1
    return TraceSampleSelection(argument: "0..\(last)").map { .range($0) } ?? .test
  }
}
