import Datasets
import Testing

/// The division of data: complete, without overlap, the same mixture everywhere, repeatable.
@Suite struct SplitTests {
  @Test func theDigitsDivideEvenly() throws {
    let digits = try LabelledImages.digits()
    let split = try StratifiedSplit(
      Array(0..<digits.count), labels: digits.labels, holdingOut: 500, seed: 1797)
    #expect(split.heldOut.count == 500)
    #expect((split.heldOut + split.remaining).sorted() == Array(0..<1797))
    for label in 0..<10 {
      let all = digits.labels.count { $0 == label }
      let held = split.heldOut.count { digits.labels[$0] == label }
      #expect(abs(Double(held) - Double(all) * 500 / 1797) < 1)
    }
    let again = try StratifiedSplit(
      Array(0..<digits.count), labels: digits.labels, holdingOut: 500, seed: 1797)
    #expect(again == split)
    let other = try StratifiedSplit(
      Array(0..<digits.count), labels: digits.labels, holdingOut: 500, seed: 1)
    #expect(other != split)
  }

  @Test func impossibleRequestsAreRefused() throws {
    for count in [-1, 3, 4] {
      #expect(throws: DatasetError.self) {
        try StratifiedSplit([0, 1, 2], labels: [0, 1, 0], holdingOut: count, seed: 1)
      }
    }
    let none = try StratifiedSplit([0, 1, 2], labels: [0, 1, 0], holdingOut: 0, seed: 1)
    #expect(none.remaining == [0, 1, 2])
  }
}
