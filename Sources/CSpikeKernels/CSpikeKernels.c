#include "CSpikeKernels.h"

#include <string.h>

#if defined(__x86_64__)

#include <immintrin.h>

bool lockstep_can_encode_gaps(void) {
  return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")
      && __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("lzcnt")
      && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
}

static uint8_t *append_skips(size_t *silence, uint8_t *next) {
  for (int kind = 3; kind >= 0; kind--) {
    size_t length = (size_t)252 << (4 * kind);
    while (*silence >= length) {
      *next++ = (uint8_t)(252 + kind);
      *silence -= length;
    }
  }
  return next;
}

__attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,lzcnt,bmi,popcnt")))
size_t lockstep_encode_gaps(
    const uint64_t *words, size_t count, size_t *silence, uint8_t *output) {
  uint8_t lanes[64];
  uint8_t before[64];
  for (int lane = 0; lane < 64; lane++) {
    lanes[lane] = (uint8_t)lane;
    before[lane] = (uint8_t)(lane == 0 ? 0 : lane - 1);
  }
  const __m512i positions = _mm512_loadu_si512(lanes);
  const __m512i shift = _mm512_loadu_si512(before);

  uint8_t *next = output;
  size_t silent = *silence;
  for (size_t index = 0; index < count; index++) {
    uint64_t word = words[index];
    size_t first = silent + _tzcnt_u64(word);
    if (__builtin_expect(first >= 252, 0)) {
      if (word == 0) {
        silent += 64;
        continue;
      }
      next = append_skips(&first, next);
    }
    // The positions of the spikes side by side, each less the one before it, less one. Up to 16
    // spikes, nearly always, fit a short vector, whose store seldom straddles two cache lines.
    __m512i spikes = _mm512_maskz_compress_epi8(word, positions);
    size_t spike_count = (size_t)_mm_popcnt_u64(word);
    if (__builtin_expect(spike_count <= 16, 1)) {
      __m128i few = _mm512_castsi512_si128(spikes);
      __m128i gaps = _mm_sub_epi8(few, _mm_slli_si128(few, 1));
      _mm_storeu_si128((__m128i *)next, _mm_sub_epi8(gaps, _mm_set1_epi8(1)));
    } else {
      __m512i gaps = _mm512_sub_epi8(spikes, _mm512_permutexvar_epi8(shift, spikes));
      _mm512_storeu_si512(next, _mm512_sub_epi8(gaps, _mm512_set1_epi8(1)));
    }
    next[0] = (uint8_t)first;
    next += spike_count;
    // A word without spikes adds its 64 positions; no branch, as none could be foretold.
    silent = _lzcnt_u64(word) + (word == 0 ? silent : 0);
  }
  *silence = silent;
  return (size_t)(next - output);
}

bool lockstep_can_decode_gaps(void) {
  return __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
}

enum { streams = 4, stream_length = 32, block = streams * stream_length };

/// Adds up the gaps of a stream, a byte and one each; `skips` gets a bit for every byte of 252 or more.
__attribute__((target("bmi,bmi2")))
static inline size_t stream_extent(const uint8_t *gaps, int *skips) {
  __m128i first = _mm_loadu_si128((const __m128i *)gaps);
  __m128i second = _mm_loadu_si128((const __m128i *)(gaps + 16));
  __m128i largest = _mm_max_epu8(first, second);
  __m128i limit = _mm_set1_epi8((char)252);
  *skips |= _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(largest, limit), largest));
  __m128i zero = _mm_setzero_si128();
  __m128i sums = _mm_add_epi64(_mm_sad_epu8(first, zero), _mm_sad_epu8(second, zero));
  return (size_t)_mm_cvtsi128_si64(sums) + (size_t)_mm_extract_epi16(sums, 4) + stream_length;
}

__attribute__((target("bmi,bmi2")))
ptrdiff_t lockstep_decode_gaps(
    const uint8_t *gaps, size_t count, uint64_t *words, size_t word_count) {
  const int64_t end = (int64_t)word_count * 64;
  int64_t position = -1;
  ptrdiff_t spikes = 0;
  size_t index = 0;
  while (index < count) {
    // Spikes one after another mostly fall into the same word, and wait for each other there. A
    // block is therefore cut into streams, whose starts follow from sums, and spikes are set in turn.
    if (count - index >= block && position + block * 252 < end) {
      const uint8_t *first = gaps + index;
      int skips = 0;
      size_t extents[streams];
      for (int stream = 0; stream < streams; stream++) {
        extents[stream] = stream_extent(first + stream * stream_length, &skips);
      }
      if (skips == 0) {
        uint64_t a = (uint64_t)position;
        uint64_t b = a + extents[0];
        uint64_t c = b + extents[1];
        uint64_t d = c + extents[2];
        position = (int64_t)(d + extents[3]);
#pragma clang loop unroll(disable)
        for (int offset = 0; offset < stream_length; offset++) {
          a += (uint64_t)first[offset] + 1;
          words[a >> 6] |= (uint64_t)1 << (a & 63);
          b += (uint64_t)first[offset + stream_length] + 1;
          words[b >> 6] |= (uint64_t)1 << (b & 63);
          c += (uint64_t)first[offset + 2 * stream_length] + 1;
          words[c >> 6] |= (uint64_t)1 << (c & 63);
          d += (uint64_t)first[offset + 3 * stream_length] + 1;
          words[d >> 6] |= (uint64_t)1 << (d & 63);
        }
        spikes += block;
        index += block;
        continue;
      }
    }
    // A silence, or the end: one by one up to where a block may begin again.
    size_t stop = count - index < stream_length ? count : index + stream_length;
    for (; index < stop; index++) {
      uint8_t gap = gaps[index];
      position += gap < 252 ? gap + 1 : (int64_t)252 << (4 * (gap - 252));
      if (position >= end) return -1;
      if (gap < 252) {
        words[position >> 6] |= (uint64_t)1 << (position & 63);
        spikes++;
      }
    }
  }
  return spikes;
}

#else

bool lockstep_can_decode_gaps(void) { return false; }

ptrdiff_t lockstep_decode_gaps(
    const uint8_t *gaps, size_t count, uint64_t *words, size_t word_count) {
  (void)gaps;
  (void)count;
  (void)words;
  (void)word_count;
  return -1;
}

bool lockstep_can_encode_gaps(void) { return false; }

size_t lockstep_encode_gaps(
    const uint64_t *words, size_t count, size_t *silence, uint8_t *output) {
  (void)words;
  (void)count;
  (void)silence;
  (void)output;
  return 0;
}

#endif
