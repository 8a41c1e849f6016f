import Accelerator
import ArgumentParser
import Foundation
import Reports

/// `lockstep platforms`: what can be simulated, from the declarations that the simulation runs on.
struct PlatformsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "platforms",
    abstract: "Show the accelerators that can be simulated: engines, states, parameters, quirks.",
    discussion: """
      Without a name, all platforms, a line each. With a name, its layers and the engines that serve \
      them, the keys of its hardware files, and the oddities of the published design that can be \
      repaired. Everything is printed from the declarations that the simulation itself runs on.

      EXAMPLES
          lockstep platforms
          lockstep platforms conv-2023 --explain
          lockstep platforms conv-2023 --json
      """)

  @Argument(
    help: ArgumentHelp("The platform.", valueName: "name"),
    completion: .list(HardwarePlatform.allCases.map(\.rawValue)))
  var platform: HardwarePlatform?

  @Flag(help: "Show every state with its cost, every statistic, and what repairs do.")
  var explain = false

  @Flag(help: "Print everything as JSON.")
  var json = false

  @OptionGroup(title: "Output")
  var colours: ColourOptions

  func run() throws {
    let all = HardwarePlatform.allCases.map { $0.model.description }
    let chosen = all.filter { platform == nil || $0.platform == platform }
    if json {
      try StandardOutput.write(ResultJSON.text(chosen))
      return
    }
    let style = TextStyle.detected(descriptor: 1)
    guard platform != nil else {
      try StandardOutput.write(PlatformDescription.overview(all, style))
      return
    }
    for description in chosen {
      try StandardOutput.write(description.text(style, explains: explain))
    }
  }
}

extension HardwarePlatform: ExpressibleByArgument {}
