import GRDB

/// The tables and views of a results store, and how older ones are brought up to date.
///
/// `docs/Results.md` explains them. A published migration is never changed; a new one is added.
enum StoreSchema {
  /// What tells a store from other SQLite files: `LkSt`, in the header of the file.
  static let applicationIdentifier = 0x4C6B_5374

  /// All migrations, the oldest first; the version of a schema is the number of its migrations.
  static let migrations: [(name: String, statements: String)] = [
    ("1 points of sweeps", pointTables + pointViews),
    ("2 claims of running points", claimTable),
    ("3 designs of searches", designTable),
  ]

  /// The version that this software writes.
  static let currentVersion = migrations.count

  /// Brings a store up to date, each migration as a whole or not at all.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for (index, migration) in migrations.enumerated() {
      migrator.registerMigration(migration.name) { database in
        try database.execute(sql: migration.statements)
        try database.execute(
          sql: """
            PRAGMA application_id = \(applicationIdentifier);
            PRAGMA user_version = \(index + 1)
            """)
      }
    }
    return migrator
  }
}
