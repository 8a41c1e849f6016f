#include "CTrainingKernels.h"
#include "Rows.h"

// The gradients of `taps` taps and 16 * rows outputs, held in registers over all events.
INLINE void add_block(
    const int32_t *places, const float *values, int32_t events, const float *rows,
    const int32_t *taps, float *gradient, int64_t stride, const int tap_count, const int width,
    const int has_values) {
  row16 sums[9][4];
  for (int tap = 0; tap < tap_count; tap++) {
    for (int row = 0; row < width; row++) {
      sums[tap][row] = *(const row16 *)(gradient + tap * stride + 16 * row);
    }
  }
  for (int32_t event = 0; event < events; event++) {
    const float *base = rows + places[event];
    for (int tap = 0; tap < tap_count; tap++) {
      for (int row = 0; row < width; row++) {
        const row16 term = *(const row16 *)(base + taps[tap] + 16 * row);
        if (has_values) {
          sums[tap][row] = MULTIPLY_ADD(EVERY(values[event]), term, sums[tap][row]);
        } else {
          sums[tap][row] = sums[tap][row] + term;
        }
      }
    }
  }
  for (int tap = 0; tap < tap_count; tap++) {
    for (int row = 0; row < width; row++) {
      *(row16 *)(gradient + tap * stride + 16 * row) = sums[tap][row];
    }
  }
}

INLINE void add_rows(
    const int32_t *places, const float *values, int32_t events, const float *rows,
    const int32_t *taps, int32_t tap_count, int32_t outputs, float *gradient, int64_t stride,
    const int has_values) {
  int32_t output = 0;
  if (tap_count == 9) {
    for (; output + 32 <= outputs; output += 32) {
      add_block(
          places, values, events, rows + output, taps, gradient + output, stride, 9, 2, has_values);
    }
    for (; output + 16 <= outputs; output += 16) {
      add_block(
          places, values, events, rows + output, taps, gradient + output, stride, 9, 1, has_values);
    }
  } else {
    for (; output + 64 <= outputs; output += 64) {
      for (int32_t tap = 0; tap < tap_count; tap++) {
        add_block(
            places, values, events, rows + output, taps + tap, gradient + output + tap * stride,
            stride, 1, 4, has_values);
      }
    }
    for (; output + 16 <= outputs; output += 16) {
      for (int32_t tap = 0; tap < tap_count; tap++) {
        add_block(
            places, values, events, rows + output, taps + tap, gradient + output + tap * stride,
            stride, 1, 1, has_values);
      }
    }
  }
  if (output == outputs) return;
  if (outputs >= 16) {
    // The last sixteen outputs once more, of which only those left over count.
    for (int32_t tap = 0; tap < tap_count; tap++) {
      float *target = gradient + tap * stride;
      row16 sum[1];
      memcpy(sum, target + outputs - 16, sizeof sum);
      for (int32_t event = 0; event < events; event++) {
        const row16 term = *(const row16 *)(rows + places[event] + taps[tap] + outputs - 16);
        if (has_values) {
          sum[0] = MULTIPLY_ADD(EVERY(values[event]), term, sum[0]);
        } else {
          sum[0] = sum[0] + term;
        }
      }
      for (int32_t rest = output; rest < outputs; rest++) target[rest] = sum[0][rest + 16 - outputs];
    }
    return;
  }
  for (int32_t event = 0; event < events; event++) {
    const float value = has_values ? values[event] : 1;
    for (int32_t tap = 0; tap < tap_count; tap++) {
      const float *base = rows + places[event] + taps[tap];
      for (int32_t rest = output; rest < outputs; rest++) {
        gradient[tap * stride + rest] =
            __builtin_elementwise_fma(value, base[rest], gradient[tap * stride + rest]);
      }
    }
  }
}

INLINE void lockstep_add_rows_body(
    const int32_t *places, const float *values, int32_t events, const float *rows,
    const int32_t *taps, int32_t tap_count, int32_t outputs, float *gradient,
    int64_t gradient_stride) {
  if (values) {
    add_rows(
        places, values, events, rows, taps, tap_count, outputs, gradient, gradient_stride, 1);
  } else {
    add_rows(
        places, values, events, rows, taps, tap_count, outputs, gradient, gradient_stride, 0);
  }
}

FOR_EVERY_PROCESSOR(
    void, lockstep_add_rows,
    (
    const int32_t *places, const float *values, int32_t events, const float *rows,
    const int32_t *taps, int32_t tap_count, int32_t outputs, float *gradient,
    int64_t gradient_stride),
    (places, values, events, rows, taps, tap_count, outputs, gradient, gradient_stride))
