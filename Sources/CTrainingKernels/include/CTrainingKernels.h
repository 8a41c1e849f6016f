// The inner loops of convolutions, full connections and neurons, compiled for several generations of x86
// processors; the best one is chosen when the program is loaded.
//
// Every output is a sum over the same inputs in the same order on every processor and in every
// function: within a kernel row by column and input channel, and then row by row. Where a value is
// multiplied and added, it is rounded once (fused), on every processor. So dense, event-driven and
// table-driven functions give the same bits, and which one runs is a question of speed alone.
//
// Frames are channels-last. Weights are packed: `[block of outputs][tap][input channel][output]`,
// `blockWidth` outputs a block (16, 32 or 64), zeros behind the last; see ConnectionWeights.swift.

#ifndef CTRAININGKERNELS_H
#define CTRAININGKERNELS_H

#include <stdint.h>

/// The generation of processors whose functions run: 0 any, 1 AVX2, 2 AVX-512.
int32_t lockstep_generation(void);

/// Runs the functions of an older generation from now on, for tests; 2 for the best there is.
void lockstep_limit_generation(int32_t limit);

/// The shape of one convolution with its packed weights.
typedef struct {
  int32_t inputChannels, inputHeight, inputWidth;
  int32_t outputChannels, outputHeight, outputWidth;
  int32_t kernelHeight, kernelWidth, stride, padding;
  int32_t blocks, blockWidth;
} lockstep_convolution;

/// Sixteen values of a row: how many events came before, and which of them are events.
typedef struct {
  int32_t count;
  uint32_t mask;
} lockstep_lanes;

/// Lists the values of `pixels` pixels that are not zero.
///
/// `starts[p]` becomes the number of events before pixel p (pixels + 1 entries); an event's code is
/// `column * channels + channel` with `width` columns a row. `codes` and `values` need room for every
/// value and 16 more, `lanes` for every sixteen values of a row and one more. Returns the number of
/// events; `*is_binary` becomes 0 if a value is neither 0 nor 1, and `values` are written only then.
int32_t lockstep_list_events(
    const float *frame, int32_t pixels, int32_t width, int32_t channels, int32_t *starts,
    int32_t *codes, float *values, lockstep_lanes *lanes, int32_t *is_binary);

/// Marks the values of `pixels` pixels that are not zero: bit `c % 16` of `masks[c / 16 * stride +
/// pixel]` stands for channel c. Returns 0 if a value is neither 0 nor 1.
int32_t lockstep_list_masks(
    const float *frame, int32_t pixels, int32_t channels, int64_t stride, uint16_t *masks);

/// The most pixels of a lockstep_masked_pixels, over all its frames.
#define LOCKSTEP_MOST_PLACED_PIXELS 256

/// A run of pixels in each of several frames whose values were marked.
typedef struct {
  const uint16_t *masks;
  int64_t stride;
  int32_t channels;
  /// The pixels of a frame, and which of them.
  int32_t frames, frame_pixels, first_pixel, pixels;
  /// The places of these pixels in rows of gradients, in elements: that of a pixel is
  /// `pixel_places[pixel - first_pixel] + base + frame * frame_place`.
  const int32_t *pixel_places;
  int32_t base, frame_place;
} lockstep_masked_pixels;

/// Lists marked events by channel, in the order of frames and pixels.
///
/// `ends[c]` becomes the number of events of channels 0 ... c. `values`, where the first frame begins,
/// gives `placed_values`; both may be null. Sixteen masks and places behind the last are read and must
/// be there, as must be room for sixteen `places` more.
void lockstep_place_events(
    const lockstep_masked_pixels *listed, const float *values, int32_t *ends, int32_t *places,
    float *placed_values);

/// Some rows of one frame's `output = bias + weights * input` from its events; all values 1 if
/// `values` is null; `bias` may be null. `output` is where the first of these rows begins.
void lockstep_gather(
    const lockstep_convolution *shape, int32_t first_row, int32_t end_row, const int32_t *starts,
    const int32_t *codes, const float *values, const float *weights, const float *bias,
    float *output);

/// A full connection of all pixels of a row, each with the same weights, from their events: a kernel of
/// one pixel. As lockstep_gather, and the same bits.
void lockstep_gather_full(
    const lockstep_convolution *shape, const int32_t *starts, const int32_t *codes,
    const float *values, const float *weights, const float *bias, float *output);

/// As lockstep_gather from a frame that is padded with `padding` pixels on every side.
void lockstep_dense(
    const lockstep_convolution *shape, int32_t first_row, int32_t end_row, const float *padded,
    const float *weights, const float *bias, float *output);

/// Fills `sums[block][kernel row][pattern][output]` with the sum of the weights of every pattern of
/// inputs that a kernel row can see: bit `column * inputChannels + channel` of a pattern is an input.
/// A kernel row may have at most 16 inputs.
void lockstep_fill_patterns(
    const lockstep_convolution *shape, const float *weights, float *sums);

/// The most values that a row with its padding may have for lockstep_list_patterns.
#define LOCKSTEP_LONGEST_PATTERN_ROW 4096

/// Lists the patterns that every output of a row sees in every row of the input:
/// `[input row][output column]`. Returns 0 if a value is neither 0 nor 1.
int32_t lockstep_list_patterns(
    const lockstep_convolution *shape, const float *frame, uint16_t *patterns);

/// As lockstep_gather, from patterns and the table of their sums.
void lockstep_look_up(
    const lockstep_convolution *shape, int32_t first_row, int32_t end_row,
    const uint16_t *patterns, const float *table, const float *bias, float *output);

/// Adds `values[e] * rows[place + tap offset]` to the weight gradient of every tap.
///
/// `places` are element offsets into `rows` of the events of one input channel, `taps` the offsets of
/// the taps from there, in elements; the gradient's rows lie `gradient_stride` elements apart. All
/// values are 1 if `values` is null.
void lockstep_add_rows(
    const int32_t *places, const float *values, int32_t events, const float *rows,
    const int32_t *taps, int32_t tap_count, int32_t outputs, float *gradient,
    int64_t gradient_stride);

/// The recurrence of neurons with hard spikes and a delayed reset that carries no gradient.
typedef struct {
  float decay, gain, threshold;
  /// 0: subtracts the threshold; 1: forgets the membrane; 2: forgets membrane and input; 3: nothing.
  int32_t reset;
} lockstep_neuron;

/// A derivative of spikes: 0 fast sigmoid, 1 arctangent, 2 triangle, 3 straight through; the first
/// number is slope, stretch (pi alpha / 2) or slope, the second the arctangent's peak.
typedef struct {
  int32_t kind;
  float scale, peak;
} lockstep_surrogate;

/// Turns currents `[step][neuron]` into membranes, in place, and writes spikes; returns their number.
int64_t lockstep_neurons_forward(
    const lockstep_neuron *neuron, int32_t steps, int64_t neurons, float *membranes,
    float *spikes);

/// One step of a line of windows of neurons whose spikes are pooled 2x2 with an OR.
///
/// A line is two rows of neurons, `width` of them each, or the last one alone if the frame ends there
/// (`rows` is 1: nobody hears it). `before` are the membranes of the step before, null at first, and
/// may be where `membranes` are, as may `currents`. Frames are channels-last, `channels` a multiple of
/// 16. Returns the number of spikes; `pooled` are the line's pooled spikes. `winners`, if not null,
/// becomes the membrane of every window's first spike or, without any, of its first neuron, and `fired`
/// four masks of sixteen channels each: who fired.
int64_t lockstep_pooled_line_forward(
    const lockstep_neuron *neuron, int32_t rows, int32_t width, int32_t channels,
    const float *currents, const float *before, float *membranes, float *pooled, float *winners,
    uint16_t *fired);

/// From dL/d(spikes) `[step][neuron]` to dL/d(currents), in place.
void lockstep_neurons_backward(
    const lockstep_neuron *neuron, const lockstep_surrogate *surrogate, int32_t steps,
    int64_t neurons, const float *membranes, float *gradients);

/// All steps back of a line of windows of neurons whose spikes are pooled 2x2 with an OR: reads
/// dL/d(pooled spikes), which belongs to the first spike of a window or, without any, to its first
/// neuron.
///
/// `winners`, `fired` and `pooled` are where the line begins at step 0, `pooled_step` windows and
/// channels a step; `gradients` where its first row begins, steps and rows `gradient_step` and
/// `gradient_row` elements apart. The sums of gradients are added to `sums`, one a channel, if that is
/// not null. `carries` is scratch memory of two rows of neurons. Returns the number of gradients that are
/// not zero.
int64_t lockstep_pooled_line_backward(
    const lockstep_neuron *neuron, const lockstep_surrogate *surrogate, int32_t steps,
    int32_t width, int32_t channels, const float *winners, const uint16_t *fired,
    const float *pooled, int64_t pooled_step, float *carries, float *gradients,
    int64_t gradient_step, int64_t gradient_row, float *sums);

/// The largest of every 2x2 window of a channels-last frame.
void lockstep_pool(
    const float *input, int32_t height, int32_t width, int32_t channels, float *output);

#endif
