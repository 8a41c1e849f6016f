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

  // `line` is the truth; all other columns are derived from it when a point is added. The rows are in
  // the order in which points ended. `seed` has no type, so that seeds beyond 63 bits are kept as text.
  private static let pointTables = """
    CREATE TABLE points (
      key TEXT NOT NULL PRIMARY KEY,
      seed NOT NULL,
      surrogate TEXT NOT NULL,
      scale REAL,
      beta REAL NOT NULL,
      theta REAL NOT NULL,
      time_steps INTEGER NOT NULL,
      network TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('measured', 'failed')),
      failure TEXT,
      data_set TEXT NOT NULL,
      data_fingerprint TEXT NOT NULL,
      training_samples INTEGER NOT NULL,
      validation_samples INTEGER NOT NULL,
      best_epoch INTEGER,
      weights_fingerprint TEXT,
      trace_fingerprint TEXT,
      software_version TEXT NOT NULL,
      command TEXT NOT NULL,
      recorded_at TEXT NOT NULL,
      line TEXT NOT NULL
    );

    CREATE TABLE sweep_points (
      sweep TEXT NOT NULL,
      point_key TEXT NOT NULL REFERENCES points (key) ON DELETE CASCADE,
      PRIMARY KEY (sweep, point_key)
    ) WITHOUT ROWID;
    CREATE INDEX sweep_points_by_point ON sweep_points (point_key);

    CREATE TABLE hyperparameters (
      point_key TEXT NOT NULL REFERENCES points (key) ON DELETE CASCADE,
      name TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (point_key, name)
    ) WITHOUT ROWID;

    CREATE TABLE measurements (
      point_key TEXT NOT NULL PRIMARY KEY REFERENCES points (key) ON DELETE CASCADE,
      correct_samples INTEGER NOT NULL,
      test_samples INTEGER NOT NULL,
      firing_rate REAL NOT NULL,
      hardware TEXT NOT NULL,
      generation TEXT NOT NULL,
      device TEXT NOT NULL,
      clock_hertz REAL NOT NULL,
      replayed_samples INTEGER NOT NULL,
      latency_mean_cycles REAL NOT NULL,
      latency_minimum_cycles INTEGER NOT NULL,
      latency_p50_cycles INTEGER NOT NULL,
      latency_p99_cycles INTEGER NOT NULL,
      latency_maximum_cycles INTEGER NOT NULL,
      latency_mean_seconds REAL NOT NULL,
      latency_p99_seconds REAL NOT NULL,
      power_watts REAL NOT NULL,
      power_watts_low REAL NOT NULL,
      power_watts_high REAL NOT NULL,
      joules_per_image REAL NOT NULL,
      joules_per_image_low REAL NOT NULL,
      joules_per_image_high REAL NOT NULL,
      frames_per_second_per_watt REAL NOT NULL,
      frames_per_second_per_watt_low REAL NOT NULL,
      frames_per_second_per_watt_high REAL NOT NULL,
      activity_power_watts REAL NOT NULL,
      activity_power_watts_low REAL NOT NULL,
      activity_power_watts_high REAL NOT NULL,
      activity_joules_per_image REAL NOT NULL,
      activity_joules_per_image_low REAL NOT NULL,
      activity_joules_per_image_high REAL NOT NULL,
      activity_frames_per_second_per_watt REAL NOT NULL,
      activity_frames_per_second_per_watt_low REAL NOT NULL,
      activity_frames_per_second_per_watt_high REAL NOT NULL
    );

    CREATE TABLE layers (
      point_key TEXT NOT NULL REFERENCES points (key) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      neurons INTEGER NOT NULL,
      firing_rate REAL NOT NULL,
      PRIMARY KEY (point_key, position)
    ) WITHOUT ROWID;

    """

  private static let pointViews = """
    CREATE VIEW sweep_results AS
    SELECT
      sweep_points.sweep AS sweep,
      points.key AS key,
      points.surrogate AS surrogate,
      points.scale AS scale,
      points.beta AS beta,
      points.theta AS theta,
      points.time_steps AS time_steps,
      points.network AS network,
      points.seed AS seed,
      points.status AS status,
      round(100.0 * correct_samples / test_samples, 4) AS accuracy_percent,
      round(100.0 * measurements.firing_rate, 4) AS firing_rate_percent,
      latency_mean_cycles AS latency_mean_cycles,
      round(1e6 * latency_mean_seconds, 4) AS latency_mean_us,
      round(1e6 * latency_p99_seconds, 4) AS latency_p99_us,
      round(power_watts, 4) AS power_watt,
      round(power_watts_low, 4) AS power_low_watt,
      round(power_watts_high, 4) AS power_high_watt,
      round(1e6 * joules_per_image, 4) AS energy_per_image_uj,
      round(frames_per_second_per_watt, 2) AS frames_per_second_per_watt,
      round(activity_power_watts, 4) AS activity_power_watt,
      round(1e6 * activity_joules_per_image, 4) AS activity_energy_per_image_uj,
      test_samples AS test_samples,
      replayed_samples AS replayed_samples,
      hardware AS hardware,
      device AS device,
      clock_hertz / 1e6 AS clock_mhz,
      points.data_set AS data_set,
      points.training_samples AS training_samples,
      points.failure AS failure,
      points.software_version AS software_version,
      points.recorded_at AS recorded_at,
      points.command AS command
    FROM points
    JOIN sweep_points ON sweep_points.point_key = points.key
    LEFT JOIN measurements ON measurements.point_key = points.key
    ORDER BY sweep_points.sweep, points.rowid;

    CREATE VIEW sweep_summary AS
    SELECT
      sweep_points.sweep AS sweep,
      count(*) AS points,
      sum(points.status = 'measured') AS measured,
      sum(points.status = 'failed') AS failed,
      round(max(100.0 * correct_samples / test_samples), 4) AS best_accuracy_percent,
      round(min(1e6 * latency_mean_seconds), 4) AS least_latency_us,
      round(min(1e6 * joules_per_image), 4) AS least_energy_per_image_uj,
      min(points.recorded_at) AS first_recorded_at,
      max(points.recorded_at) AS last_recorded_at
    FROM points
    JOIN sweep_points ON sweep_points.point_key = points.key
    LEFT JOIN measurements ON measurements.point_key = points.key
    GROUP BY sweep_points.sweep
    ORDER BY sweep_points.sweep;

    CREATE VIEW firing_rates AS
    SELECT
      layers.point_key AS key,
      layers.position AS position,
      layers.name AS layer,
      layers.neurons AS neurons,
      round(100.0 * layers.firing_rate, 4) AS firing_rate_percent
    FROM layers
    ORDER BY layers.point_key, layers.position;

    """

  // Who runs a point just now. `process_space` is where process numbers mean anything: the machine's
  // boot and the container.
  private static let claimTable = """
    CREATE TABLE claims (
      point_key TEXT NOT NULL PRIMARY KEY,
      owner TEXT NOT NULL,
      host TEXT NOT NULL,
      process INTEGER NOT NULL,
      process_start TEXT NOT NULL,
      process_space TEXT NOT NULL,
      heartbeat_at REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX claims_by_owner ON claims (owner);
    CREATE VIEW running_points AS
    SELECT
      point_key AS key,
      host AS host,
      process AS process,
      datetime(heartbeat_at, 'unixepoch') AS heartbeat_at
    FROM claims
    ORDER BY host, process, point_key;

    """

  // `design` is the truth, `hardware_text` the whole hardware file; the other columns are derived.
  private static let designTable = """
    CREATE TABLE designs (
      key TEXT NOT NULL PRIMARY KEY,
      space TEXT NOT NULL,
      hardware TEXT NOT NULL,
      platform TEXT NOT NULL,
      device TEXT,
      trace TEXT NOT NULL,
      trace_fingerprint TEXT NOT NULL,
      first_sample INTEGER NOT NULL,
      samples INTEGER NOT NULL,
      clock_hertz REAL NOT NULL,
      allocation TEXT NOT NULL,
      latency_mean_seconds REAL NOT NULL,
      latency_p99_seconds REAL NOT NULL,
      lut REAL NOT NULL,
      ff REAL NOT NULL,
      bram36 REAL NOT NULL,
      uram REAL NOT NULL,
      dsp REAL NOT NULL,
      lost_frames INTEGER,
      power_watts REAL,
      joules_per_image REAL,
      software_version TEXT NOT NULL,
      recorded_at TEXT NOT NULL,
      hardware_text TEXT NOT NULL,
      design TEXT NOT NULL
    );

    CREATE VIEW design_results AS
    SELECT
      space AS space,
      key AS key,
      allocation AS allocation,
      clock_hertz / 1e6 AS clock_mhz,
      round(1e6 * latency_mean_seconds, 4) AS latency_mean_us,
      round(1e6 * latency_p99_seconds, 4) AS latency_p99_us,
      round(lut, 1) AS lut,
      round(ff, 1) AS ff,
      round(bram36, 1) AS bram36,
      round(uram, 1) AS uram,
      round(dsp, 1) AS dsp,
      lost_frames AS lost_frames,
      round(power_watts, 4) AS power_watt,
      round(1e6 * joules_per_image, 4) AS energy_per_image_uj,
      hardware AS hardware,
      platform AS platform,
      device AS device,
      trace AS trace,
      samples AS samples,
      software_version AS software_version,
      recorded_at AS recorded_at
    FROM designs
    ORDER BY space, designs.rowid;

    """
}
