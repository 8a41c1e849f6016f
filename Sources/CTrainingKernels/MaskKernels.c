#include "CTrainingKernels.h"
#include "Rows.h"

// The events of some pixels by channel: what a weight gradient goes through.

INLINE int32_t lockstep_list_masks_body(
    const float *frame, int32_t pixels, int32_t channels, int64_t stride, uint16_t *masks) {
  const row16 one = EVERY(1);
  const int64_t values = (int64_t)pixels * channels;
  uint32_t others = 0;
  for (int32_t pixel = 0; pixel < pixels; pixel++) {
    uint16_t *target = masks + pixel;
    for (int32_t channel = 0; channel < channels; channel += 16, target += stride) {
      const int64_t place = (int64_t)pixel * channels + channel;
      const int32_t left = channels - channel, count = left < 16 ? left : 16;
      const uint32_t wanted = (1u << count) - 1;
      uint32_t mask = 0;
      if (place + 16 <= values) {
        const row16 value = *(const row16 *)(frame + place);
        mask = LANES(value != 0) & wanted;
        others |= mask & LANES(value != one);
      } else {
        for (int32_t lane = 0; lane < count; lane++) {
          const float value = frame[place + lane];
          mask |= (uint32_t)(value != 0) << lane;
          others |= (value != 0) & (value != 1);
        }
      }
      *target = (uint16_t)mask;
    }
  }
  return others == 0;
}

FOR_EVERY_PROCESSOR(
    int32_t, lockstep_list_masks,
    (
    const float *frame, int32_t pixels, int32_t channels, int64_t stride, uint16_t *masks),
    (frame, pixels, channels, stride, masks))

typedef uint16_t words16 __attribute__((vector_size(32), aligned(2)));

INLINE void place_lanes(uint32_t mask, const int32_t *source, int32_t base, int32_t *target) {
  for (; mask != 0; mask &= mask - 1) *target++ = source[__builtin_ctz(mask)] + base;
}

// The body of lockstep_place_events; a macro, because what it calls differs in its processor.
//
// Sixteen pixels of one channel are one comparison.
#define PLACE_EVENTS(PLACE_LANES)                                                             \
  int32_t found[16][LOCKSTEP_MOST_PLACED_PIXELS + 16];                                        \
  int32_t total = 0;                                                                          \
  for (int32_t channel = 0; channel < listed->channels; channel += 16) {                      \
    const int32_t left = listed->channels - channel, lanes = left < 16 ? left : 16;           \
    int32_t counts[16] = {0};                                                                 \
    for (int32_t frame = 0; frame < listed->frames; frame++) {                                \
      const uint16_t *masks = listed->masks + channel / 16 * listed->stride                   \
                              + (int64_t)frame * listed->frame_pixels + listed->first_pixel;  \
      const int32_t base = listed->base + frame * listed->frame_place;                        \
      for (int32_t pixel = 0; pixel < listed->pixels; pixel += 16) {                          \
        const int32_t rest = listed->pixels - pixel;                                          \
        const uint32_t wanted = rest < 16 ? (1u << rest) - 1 : 0xFFFF;                        \
        const bits16 words =                                                                  \
            __builtin_convertvector(*(const words16 *)(masks + pixel), bits16);               \
        for (int32_t lane = 0; lane < lanes; lane++) {                                        \
          const uint32_t mask = LANES((words & (1 << lane)) != 0) & wanted;                   \
          PLACE_LANES(mask, listed->pixel_places + pixel, base, found[lane] + counts[lane]);  \
          counts[lane] += __builtin_popcount(mask);                                           \
        }                                                                                     \
      }                                                                                       \
    }                                                                                         \
    for (int32_t lane = 0; lane < lanes; lane++) {                                            \
      for (int32_t event = 0; event < counts[lane]; event += 16) {                            \
        *(bits16 *)(places + total + event) = *(const bits16 *)(found[lane] + event);         \
      }                                                                                       \
      total += counts[lane];                                                                  \
      ends[channel + lane] = total;                                                           \
    }                                                                                         \
  }

INLINE void lockstep_place_any_events_body(
    const lockstep_masked_pixels *listed, int32_t *ends, int32_t *places) {
  PLACE_EVENTS(place_lanes)
}

FOR_EVERY_PROCESSOR(
    void, lockstep_place_any_events,
    (
    const lockstep_masked_pixels *listed, int32_t *ends, int32_t *places),
    (listed, ends, places))

#if defined(__x86_64__)
#include <immintrin.h>

#define PLACE_COMPRESSED(mask, source, base, target)                                          \
  _mm512_storeu_si512(                                                                        \
      target, _mm512_maskz_compress_epi32(                                                    \
                  (__mmask16)(mask),                                                          \
                  _mm512_add_epi32(_mm512_loadu_si512(source), _mm512_set1_epi32(base))))

__attribute__((target(AVX512)))
static void place_events_compressing(
    const lockstep_masked_pixels *listed, int32_t *ends, int32_t *places) {
  PLACE_EVENTS(PLACE_COMPRESSED)
}
#endif

void lockstep_place_events(
    const lockstep_masked_pixels *listed, const float *values, int32_t *ends, int32_t *places,
    float *placed_values) {
#if defined(__x86_64__)
  if (lockstep_generation() == 2) {
    place_events_compressing(listed, ends, places);
  } else {
    lockstep_place_any_events(listed, ends, places);
  }
#else
  lockstep_place_any_events(listed, ends, places);
#endif
  if (!values) return;
  for (int32_t channel = 0, slot = 0; channel < listed->channels; channel++) {
    const uint32_t bit = 1u << channel % 16;
    for (int32_t frame = 0; frame < listed->frames; frame++) {
      const int64_t first = (int64_t)frame * listed->frame_pixels + listed->first_pixel;
      const uint16_t *masks = listed->masks + channel / 16 * listed->stride + first;
      for (int32_t pixel = 0; pixel < listed->pixels; pixel++) {
        if (masks[pixel] & bit) {
          placed_values[slot++] = values[(first + pixel) * listed->channels + channel];
        }
      }
    }
  }
}
