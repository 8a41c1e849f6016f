import Exploration
import Foundation
import GRDB
import TestSupport
import Testing

/// Files that are no stores, no longer, or not yet.
@Suite struct ResultStoreFileTests {
  private func bytes(_ path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path))
  }

  /// Opens a file for both purposes, expects a message, and that the file is as it was.
  private func refuses(_ path: String, _ message: String) throws {
    let before = try bytes(path)
    for purpose in [ResultStore.Purpose.reading, .writing] {
      let error = #expect(throws: ExplorationError.self) {
        _ = try ResultStore(path: path, for: purpose).points()
      }
      #expect(
        error?.description.contains(message) == true && error?.file == path,
        "\(purpose): \(String(describing: error))")
    }
    #expect(try bytes(path) == before)
  }

  @Test func foreignFilesAreNotTouched() throws {
    let folder = try TemporaryFolder()
    try refuses(
      folder.write("hello, this is no database, and it is long enough", to: "a.sqlite"),
      "no results store")
    try refuses(
      folder.write(
        String(decoding: ExamplePoint.measured("a").line(), as: UTF8.self), to: "b.sqlite"),
      "no results store")
    let foreign = folder.path("c.sqlite")
    let queue = try DatabaseQueue(path: foreign)
    try queue.write { try $0.execute(sql: "CREATE TABLE points (key TEXT)") }
    try queue.close()
    try refuses(foreign, "of another program")
  }

  /// A store as the first version of the schema left it, with a point.
  private func oldStore(_ path: String) throws {
    try withStore(path) { store in try store.append(ExamplePoint.measured("a")) }
    let queue = try DatabaseQueue(path: path)
    try queue.write { database in
      try database.execute(
        sql: """
          DROP VIEW running_points; DROP TABLE claims; DROP VIEW design_results; DROP TABLE designs;
          DELETE FROM grdb_migrations WHERE identifier NOT LIKE '1 %';
          PRAGMA user_version = 1
          """)
    }
    try queue.close()
  }

  @Test(arguments: [ResultStore.Purpose.reading, .writing])
  func olderStoresAreBroughtUpToDate(_ purpose: ResultStore.Purpose) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    try oldStore(path)
    #expect(try ResultStore(path: path, for: purpose).points() == [ExamplePoint.measured("a")])
    try withStore(path) { (store: ResultStore) throws in
      #expect(try store.claim("b") == .granted)
      #expect(try store.append(ExamplePoint.measured("b")) == .added)
      #expect(try store.sweeps().map(\.points) == [2])
    }
    #expect(folder.names == ["a.sqlite"])
  }

  @Test func newerStoresAreNotTouched() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    try withStore(path) { store in try store.append(ExamplePoint.measured("a")) }
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 1000") }
    try queue.close()
    try refuses(path, "use a newer lockstep")
  }

  @Test func damagedStoresAreNotTouched() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    var generator = SeededGenerator(seed: 4)
    try withStore(path) { store in
      _ = try store.append(contentsOf: ExamplePoint.random(100, using: &generator))
    }
    let whole = try bytes(path)
    for size in [16, 100, 4096, 5000, whole.count / 2, whole.count - 4096] {
      let path = try folder.write(whole.prefix(size), to: "cut-\(size).sqlite")
      let before = try bytes(path)
      let error = #expect(throws: ExplorationError.self, "\(size)") {
        _ = try ResultStore(path: path, for: .writing)
      }
      #expect(error?.file == path, "\(String(describing: error))")
      #expect(try bytes(path) == before)
    }
    // A page in the middle is overwritten.
    for page in 2..<min(whole.count / 4096, 12) {
      var damaged = whole
      let start = page * 4096
      damaged.replaceSubrange(start..<start + 4096, with: Data(repeating: 0xA5, count: 4096))
      let path = try folder.write(damaged, to: "page-\(page).sqlite")
      let error = #expect(throws: ExplorationError.self, "page \(page)") {
        _ = try ResultStore(path: path, for: .writing)
      }
      #expect(error?.description.contains("damaged") == true, "\(String(describing: error))")
      #expect(try bytes(path) == damaged)
    }
  }

  @Test func aChangedLineIsNamed() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    try withStore(path) { store in try store.append(ExamplePoint.measured("a")) }
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: "UPDATE points SET line = '{}'") }
    try queue.close()
    let error = #expect(throws: ExplorationError.self) {
      _ = try ResultStore(path: path, for: .reading).points()
    }
    #expect(error?.description.contains("point a was changed") == true)
  }

  @Test func placesThatCannotBeWritten() throws {
    let folder = try TemporaryFolder()
    for path in [folder.path("missing/a.sqlite"), "/proc/a.sqlite"] {
      let error = #expect(throws: ExplorationError.self) {
        _ = try ResultStore(path: path, for: .writing)
      }
      #expect(error?.description.contains("may write to") == true, "\(String(describing: error))")
    }
    #expect(throws: ExplorationError.self) {
      _ = try ResultStore(path: folder.url.path, for: .writing)
    }
    let missing = #expect(throws: ExplorationError.self) {
      _ = try ResultStore(path: folder.path("a.sqlite"), for: .reading)
    }
    #expect(missing?.description.contains("no results store") == true)
    #expect(folder.names.isEmpty)
  }

  @Test func emptyFilesBecomeStores() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("", to: "a.sqlite")
    try withStore(path) { store in try store.append(ExamplePoint.measured("a")) }
    #expect(try ResultStore(path: path, for: .reading).points().count == 1)
  }

  @Test func nothingIsLeftBesideAStore() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    try withStore(path) { store in try store.append(ExamplePoint.measured("a")) }
    #expect(try ResultStore(path: path, for: .reading).points().count == 1)
    #expect(folder.names == ["a.sqlite"])
  }

  /// Opens a store for writing and closes it.
  private func withStore(_ path: String, _ body: (ResultStore) throws -> Void) throws {
    try body(ResultStore(path: path, for: .writing))
  }
}
