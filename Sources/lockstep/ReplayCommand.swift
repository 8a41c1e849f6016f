import ArgumentParser

struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Replay a trace on an accelerator.")
  func run() async throws {}
}
