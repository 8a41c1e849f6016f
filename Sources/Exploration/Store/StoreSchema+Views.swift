extension StoreSchema {
  static let pointViews = """
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
}
