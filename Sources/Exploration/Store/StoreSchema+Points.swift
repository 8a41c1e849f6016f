extension StoreSchema {
  // `line` is the truth; all other columns are derived from it when a point is added. The rows are in
  // the order in which points ended. `seed` has no type, so that seeds beyond 63 bits are kept as text.
  static let pointTables = """
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
}
