#include "CTrainingKernels.h"
#include "Rows.h"

// Writes codes of the lanes of `mask` and values, unless those are null; only the first of what it writes
// count.
INLINE void list_lanes(
    uint32_t mask, int32_t code, const float *source, int32_t *codes, float *values) {
  int32_t event = 0;
  if (__builtin_popcount(mask) <= 4) {
    for (; mask != 0; mask &= mask - 1, event++) {
      const int32_t lane = __builtin_ctz(mask);
      codes[event] = code + lane;
      if (values) values[event] = source[lane];
    }
  } else {
    // With many events, wasted stores cost less than mispredicted branches.
    for (int32_t lane = 0; lane < 16; lane++) {
      codes[event] = code + lane;
      if (values) values[event] = source[lane];
      event += mask >> lane & 1;
    }
  }
}

// The body of lockstep_list_events; a macro, because what it calls differs in its processor. Without
// values it gives up at the first that is not 1, and returns -1.
//
// A row's counts before every sixteen values and their lanes give every pixel's start without a
// branch.
#define LIST_EVENTS(LIST_LANES)                                                             \
  const int32_t rows = pixels / width, run = width * channels, groups = (run + 15) / 16;    \
  const row16 ones = (row16){0} + 1;                                                        \
  int32_t count = 0;                                                                        \
  uint32_t others = 0;                                                                      \
  for (int32_t row = 0; row < rows; row++) {                                                \
    const float *source = frame + (int64_t)row * run;                                       \
    for (int32_t group = 0; group < groups; group++) {                                      \
      const int32_t place = 16 * group;                                                     \
      uint32_t mask = 0;                                                                    \
      if (place + 16 <= run) {                                                              \
        const row16 value = *(const row16 *)(source + place);                               \
        mask = LANES(value != 0);                                                           \
        others |= mask & LANES(value != ones);                                              \
      } else {                                                                              \
        for (int32_t lane = 0; place + lane < run; lane++) {                                \
          const float value = source[place + lane];                                         \
          mask |= (uint32_t)(value != 0) << lane;                                           \
          others |= (value != 0) & (value != 1);                                            \
        }                                                                                   \
      }                                                                                     \
      if (!has_values && others) return -1;                                                 \
      lanes[group] = (lockstep_lanes){count, mask};                                         \
      if (mask != 0) {                                                                      \
        LIST_LANES(                                                                         \
            mask, place, source + place, codes + count, has_values ? values + count : 0);   \
        count += __builtin_popcount(mask);                                                  \
      }                                                                                     \
    }                                                                                       \
    for (int32_t column = 0, place = 0; column < width; column++, place += channels) {      \
      const lockstep_lanes before = lanes[place >> 4];                                      \
      starts[row * width + column] =                                                        \
          before.count + __builtin_popcount(before.mask & ((1u << (place & 15)) - 1));      \
    }                                                                                       \
  }                                                                                         \
  starts[pixels] = count;                                                                   \
  return count;

INLINE int32_t lockstep_list_any_events_body(
    const float *frame, int32_t pixels, int32_t width, int32_t channels, int32_t *starts,
    int32_t *codes, float *values, lockstep_lanes *lanes, int32_t has_values) {
  LIST_EVENTS(list_lanes)
}

FOR_EVERY_PROCESSOR(
    int32_t, lockstep_list_any_events,
    (
    const float *frame, int32_t pixels, int32_t width, int32_t channels, int32_t *starts,
    int32_t *codes, float *values, lockstep_lanes *lanes, int32_t has_values),
    (frame, pixels, width, channels, starts, codes, values, lanes, has_values))

#if defined(__x86_64__)
#include <immintrin.h>

// Reads beyond a row's end are masked, so that they do not happen; writes go on to sixteen.
#define COMPRESS_LANES(mask, code, source, codes, values)                                   \
  do {                                                                                      \
    const __mmask16 mask_ = (__mmask16)(mask);                                              \
    const __m512i codes_ = _mm512_add_epi32(counting, _mm512_set1_epi32(code));             \
    _mm512_storeu_si512(codes, _mm512_maskz_compress_epi32(mask_, codes_));                 \
    float *const values_ = (values);                                                        \
    if (values_) {                                                                          \
      _mm512_storeu_ps(                                                                     \
          values_, _mm512_maskz_compress_ps(mask_, _mm512_maskz_loadu_ps(mask_, source)));  \
    }                                                                                       \
  } while (0)

__attribute__((target(AVX512)))
static int32_t list_events_compressing(
    const float *frame, int32_t pixels, int32_t width, int32_t channels, int32_t *starts,
    int32_t *codes, float *values, lockstep_lanes *lanes, const int32_t has_values) {
  const __m512i counting =
      _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  LIST_EVENTS(COMPRESS_LANES)
}
#endif

static int32_t list_events(
    const float *frame, int32_t pixels, int32_t width, int32_t channels, int32_t *starts,
    int32_t *codes, float *values, lockstep_lanes *lanes, int32_t has_values) {
#if defined(__x86_64__)
  if (lockstep_generation() == 2) {
    return list_events_compressing(
        frame, pixels, width, channels, starts, codes, values, lanes, has_values);
  }
#endif
  return lockstep_list_any_events(
      frame, pixels, width, channels, starts, codes, values, lanes, has_values);
}

int32_t lockstep_list_events(
    const float *frame, int32_t pixels, int32_t width, int32_t channels, int32_t *starts,
    int32_t *codes, float *values, lockstep_lanes *lanes, int32_t *is_binary) {
  // Spikes are 1, and what is not shows it soon.
  const int32_t spikes =
      list_events(frame, pixels, width, channels, starts, codes, values, lanes, 0);
  *is_binary = spikes >= 0;
  if (spikes >= 0) return spikes;
  return list_events(frame, pixels, width, channels, starts, codes, values, lanes, 1);
}
