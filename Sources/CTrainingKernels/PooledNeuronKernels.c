#include "CTrainingKernels.h"
#include "NeuronSteps.h"

// Neurons whose spikes are pooled 2x2, a line of windows at a time: what one step leaves is still in the
// cache when the next one needs it.

INLINE int64_t forward(
    const lockstep_neuron *neuron, int32_t rows, int32_t width, int32_t channels,
    const float *currents, const float *before, float *membranes, float *pooled, float *winners,
    uint16_t *fired, const int reset) {
  const row16 zero = {0}, one = EVERY(1);
  const int64_t line = (int64_t)width * channels;
  bits16 counts = {0};
  for (int32_t x = 0; x < width; x += 2) {
    const int32_t columns = x + 1 < width ? 2 : 1;
    for (int32_t channel = 0; channel < channels; channel += 16) {
      bits16 any = {0};
      row16 winner = zero;
      uint16_t lanes[4] = {0};
      for (int32_t member = 0; member < rows * columns; member++) {
        const int64_t place =
            member / columns * line + (int64_t)(x + member % columns) * channels + channel;
        row16 membrane = zero;
        if (before) membrane = *(const row16 *)(before + place);
        update(neuron, &membrane, (const row16 *)(currents + place), reset);
        *(row16 *)(membranes + place) = membrane;
        const bits16 fires = membrane > neuron->threshold;
        counts -= fires;
        if (winners) {
          winner = member == 0 ? membrane : CHOOSE(fires & ~any, membrane, winner);
          lanes[member] = (uint16_t)LANES(fires);
        }
        any |= fires;
      }
      // Rows and columns that fill no window fire, but nobody hears them.
      if (rows * columns < 4) continue;
      const int64_t window = (int64_t)(x / 2) * channels + channel;
      *(row16 *)(pooled + window) = CHOOSE(any, one, zero);
      if (winners) {
        *(row16 *)(winners + window) = winner;
        memcpy(fired + window / 4, lanes, sizeof lanes);
      }
    }
  }
  int64_t count = 0;
  for (int lane = 0; lane < 16; lane++) count += counts[lane];
  return count;
}

INLINE int64_t lockstep_pooled_line_forward_body(
    const lockstep_neuron *neuron, int32_t rows, int32_t width, int32_t channels,
    const float *currents, const float *before, float *membranes, float *pooled, float *winners,
    uint16_t *fired) {
#define FORWARD(reset)                                                                            \
  winners ? forward(                                                                              \
                neuron, rows, width, channels, currents, before, membranes, pooled, winners,      \
                fired, reset)                                                                     \
          : forward(                                                                              \
                neuron, rows, width, channels, currents, before, membranes, pooled, 0, 0, reset)
  switch (neuron->reset) {
  case subtract: return FORWARD(subtract);
  case forget_membrane: return FORWARD(forget_membrane);
  case forget_update: return FORWARD(forget_update);
  default: return FORWARD(no_reset);
  }
}

FOR_EVERY_PROCESSOR(
    int64_t, lockstep_pooled_line_forward,
    (
    const lockstep_neuron *neuron, int32_t rows, int32_t width, int32_t channels,
    const float *currents, const float *before, float *membranes, float *pooled, float *winners,
    uint16_t *fired),
    (neuron, rows, width, channels, currents, before, membranes, pooled, winners, fired))

INLINE int64_t backward(
    const lockstep_neuron *neuron, const lockstep_surrogate *surrogate, int32_t steps,
    int32_t width, int32_t channels, const float *winners, const uint16_t *fired,
    const float *pooled, int64_t pooled_step, float *carries, float *gradients,
    int64_t gradient_step, int64_t gradient_row, float *sums, const int kind, const int reset) {
  const row16 zero = {0};
  const int64_t line = (int64_t)width * channels;
  const int64_t targets[4] = {0, channels, gradient_row, gradient_row + channels};
  bits16 counts = {0};
  memset(carries, 0, (size_t)(2 * line) * sizeof(float));
  for (int32_t step = steps - 1; step >= 0; step--) {
    const float *source = pooled + step * pooled_step;
    const float *winner = winners + step * pooled_step;
    const uint16_t *masks = fired + step * pooled_step / 4;
    float *carry = carries;
    for (int32_t x = 0; x + 1 < width; x += 2) {
      for (int32_t channel = 0; channel < channels;
           channel += 16, source += 16, winner += 16, masks += 4) {
        float *target = gradients + step * gradient_step + (int64_t)x * channels + channel;
        // The first spike wins, or without any the first neuron.
        const uint32_t firsts[4] = {
            masks[0] | ~(masks[1] | masks[2] | masks[3]), masks[1] & ~masks[0],
            masks[2] & ~(masks[0] | masks[1]), masks[3] & ~(masks[0] | masks[1] | masks[2])};
        // One gradient a window goes through a spike.
        const row16 x_winner = *(const row16 *)winner - neuron->threshold;
        row16 slope = *(const row16 *)source;
        through_spike(surrogate, &slope, &x_winner, kind);
        row16 sum = zero;
        for (int member = 0; member < 4; member++, carry += 16) {
          row16 total = CHOOSE(EVERY_LANE(firsts[member]), slope, zero) + *(const row16 *)carry;
          bits16 spiked = {0};
          if ((reset == forget_update || reset == forget_membrane) && step > 0) {
            spiked = EVERY_LANE((masks - pooled_step / 4)[member]);
          }
          if (reset == forget_update) total = CHOOSE(spiked, zero, total);
          row16 next = neuron->decay * total;
          if (reset == forget_membrane) next = CHOOSE(spiked, zero, next);
          *(row16 *)carry = next;
          total = neuron->gain * total;
          *(row16 *)(target + targets[member]) = total;
          sum = sum + total;
          counts -= total != 0;
        }
        if (sums) *(row16 *)(sums + channel) = *(row16 *)(sums + channel) + sum;
      }
    }
  }
  int64_t count = 0;
  for (int lane = 0; lane < 16; lane++) count += counts[lane];
  return count;
}

INLINE int64_t lockstep_pooled_line_backward_body(
    const lockstep_neuron *neuron, const lockstep_surrogate *surrogate, int32_t steps,
    int32_t width, int32_t channels, const float *winners, const uint16_t *fired,
    const float *pooled, int64_t pooled_step, float *carries, float *gradients,
    int64_t gradient_step, int64_t gradient_row, float *sums) {
#define BACKWARD(kind, reset)                                                                     \
  backward(                                                                                       \
      neuron, surrogate, steps, width, channels, winners, fired, pooled, pooled_step,   \
      carries, gradients, gradient_step, gradient_row, sums, kind, reset)
#define BACKWARD_KIND(kind)                                                                       \
  neuron->reset == forget_update     ? BACKWARD(kind, forget_update)                              \
  : neuron->reset == forget_membrane ? BACKWARD(kind, forget_membrane)                            \
                                     : BACKWARD(kind, subtract)
  switch (surrogate->kind) {
  case fast_sigmoid: return BACKWARD_KIND(fast_sigmoid);
  case arctangent: return BACKWARD_KIND(arctangent);
  case triangle: return BACKWARD_KIND(triangle);
  default: return BACKWARD_KIND(straight_through);
  }
}

FOR_EVERY_PROCESSOR(
    int64_t, lockstep_pooled_line_backward,
    (
    const lockstep_neuron *neuron, const lockstep_surrogate *surrogate, int32_t steps,
    int32_t width, int32_t channels, const float *winners, const uint16_t *fired,
    const float *pooled, int64_t pooled_step, float *carries, float *gradients,
    int64_t gradient_step, int64_t gradient_row, float *sums),
    (neuron, surrogate, steps, width, channels, winners, fired, pooled, pooled_step,
     carries, gradients, gradient_step, gradient_row, sums))

INLINE void lockstep_pool_body(
    const float *input, int32_t height, int32_t width, int32_t channels, float *output) {
  const int64_t line = (int64_t)width * channels;
  for (int32_t y = 0; y < height / 2; y++) {
    for (int32_t x = 0; x < width / 2; x++) {
      const float *corner = input + 2 * y * line + 2 * (int64_t)x * channels;
      for (int32_t channel = 0; channel < channels; channel++) {
        const float *member = corner + channel;
        const float top = member[channels] > member[0] ? member[channels] : member[0];
        const float bottom = member[line + channels] > member[line] ? member[line + channels]
                                                                    : member[line];
        *output++ = bottom > top ? bottom : top;
      }
    }
  }
}

FOR_EVERY_PROCESSOR(
    void, lockstep_pool,
    (
    const float *input, int32_t height, int32_t width, int32_t channels, float *output),
    (input, height, width, channels, output))
