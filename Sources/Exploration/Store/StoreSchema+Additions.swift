extension StoreSchema {
  // Who runs a point just now. `process_space` is where process numbers mean anything: the machine's
  // boot and the container.
  static let claimTable = """
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
  static let designTable = """
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
