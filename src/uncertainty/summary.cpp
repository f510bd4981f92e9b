// SPDX-License-Identifier: Apache-2.0
#include "steelyard/uncertainty/summary.hpp"

#include "bytes.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

namespace steelyard::uncertainty {

namespace {

constexpr std::uint64_t kSign = std::uint64_t{1} << 63;
constexpr int kCellBits = 11;

/// Bits of a double in the order of the numbers they stand for.
std::uint64_t ordered(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    return (bits & kSign) != 0 ? ~bits : bits | kSign;
}

double from_ordered(std::uint64_t bits) {
    return std::bit_cast<double>((bits & kSign) != 0 ? bits & ~kSign : ~bits);
}

}  // namespace

void ExactSum::add(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    const std::uint64_t exponent = (bits >> 52) & 0x7ff;
    const std::uint64_t fraction = bits & 0xfffffffffffff;
    const std::uint64_t mantissa = exponent == 0 ? fraction : fraction | (std::uint64_t{1} << 52);
    const std::uint64_t place = exponent == 0 ? 0 : exponent - 1;
    const std::size_t word = place >> 5;
    const unsigned shift = place & 31;
    const auto low = static_cast<std::int64_t>((mantissa << shift) & 0xffffffff);
    const auto high = static_cast<std::int64_t>(mantissa >> (32 - shift));
    if ((bits & kSign) != 0) {
        words_[word] -= low;
        words_[word + 1] -= high;
    } else {
        words_[word] += low;
        words_[word + 1] += high;
    }
    if (++room_ == 1 << 10) {  // 53 bits and ten for carries
        carry();
    }
}

void ExactSum::carry() {
    for (std::size_t i = 0; i + 1 < words_.size(); ++i) {
        words_[i + 1] += words_[i] >> 32;
        words_[i] &= 0xffffffff;
    }
    room_ = 0;
}

void ExactSum::merge(const ExactSum& other) {
    ExactSum addend = other;
    addend.carry();
    carry();
    for (std::size_t i = 0; i < words_.size(); ++i) {
        words_[i] += addend.words_[i];
    }
    carry();
}

double ExactSum::value() const {
    ExactSum sum = *this;
    sum.carry();
    const bool negative = sum.words_.back() < 0;
    if (negative) {
        for (std::int64_t& word : sum.words_) {
            word = -word;
        }
        sum.carry();
    }
    double total = 0;
    for (std::size_t i = sum.words_.size(); i-- > 0;) {
        total += std::ldexp(static_cast<double>(sum.words_[i]), static_cast<int>(i) * 32 - 1074);
    }
    return negative ? -total : total;
}

void ExactSum::save(ByteWriter& writer) const {
    ExactSum sum = *this;
    sum.carry();
    const auto set = std::ranges::count_if(sum.words_, [](std::int64_t word) { return word != 0; });
    writer.number(static_cast<std::uint64_t>(set));
    for (std::size_t i = 0; i < sum.words_.size(); ++i) {
        if (sum.words_[i] != 0) {
            writer.number(i);
            writer.number(static_cast<std::uint64_t>(sum.words_[i]));
        }
    }
}

void ExactSum::load(ByteReader& reader) {
    *this = {};
    for (std::uint64_t left = reader.number(); left > 0; --left) {
        const std::uint64_t place = reader.number();
        const std::uint64_t word = reader.number();
        if (place >= words_.size()) {
            throw Error(ErrorKind::input_output, "the saved state is damaged");
        }
        words_[place] = static_cast<std::int64_t>(word);
    }
}

void Histogram::add(double value) {
    const std::uint64_t place = ordered(value) >> (52 - kCellBits);
    auto& cells = doublings_[place >> kCellBits];
    if (cells == nullptr) {
        cells = std::make_unique<Cells>();
    }
    ++(*cells)[place & (cells->size() - 1)];
}

void Histogram::merge(const Histogram& other) {
    for (std::size_t d = 0; d < doublings_.size(); ++d) {
        if (other.doublings_[d] == nullptr) {
            continue;
        }
        if (doublings_[d] == nullptr) {
            doublings_[d] = std::make_unique<Cells>();
        }
        for (std::size_t c = 0; c < doublings_[d]->size(); ++c) {
            (*doublings_[d])[c] += (*other.doublings_[d])[c];
        }
    }
}

double Histogram::at(std::uint64_t rank) const {
    for (std::size_t d = 0; d < doublings_.size(); ++d) {
        for (std::size_t c = 0; doublings_[d] != nullptr && c < doublings_[d]->size(); ++c) {
            if (rank < (*doublings_[d])[c]) {
                const std::uint64_t place = std::uint64_t{d} << kCellBits | c;
                const std::uint64_t half = std::uint64_t{1} << (51 - kCellBits);
                const std::uint64_t edge = place << (52 - kCellBits);
                return edge == kSign ? 0 : from_ordered(edge + half);  // the cell of zero
            }
            rank -= (*doublings_[d])[c];
        }
    }
    return std::numeric_limits<double>::quiet_NaN();
}

void Histogram::save(ByteWriter& writer) const {
    for (std::size_t d = 0; d < doublings_.size(); ++d) {
        if (doublings_[d] == nullptr) {
            continue;
        }
        writer.number(d + 1);
        std::uint64_t empty = 0;
        for (const std::uint64_t count : *doublings_[d]) {
            if (count == 0) {
                ++empty;
                continue;
            }
            if (empty > 0) {
                writer.number(0);  // a run of empty cells
                writer.number(empty);
                empty = 0;
            }
            writer.number(count);
        }
        if (empty > 0) {
            writer.number(0);
            writer.number(empty);
        }
    }
    writer.number(0);
}

void Histogram::load(ByteReader& reader) {
    *this = {};
    for (std::uint64_t d = reader.number(); d != 0; d = reader.number()) {
        if (d > doublings_.size()) {
            throw Error(ErrorKind::input_output, "the saved state is damaged");
        }
        auto& cells = doublings_[d - 1] = std::make_unique<Cells>();
        for (std::uint64_t c = 0; c < cells->size();) {
            const std::uint64_t count = reader.number();
            if (count == 0) {
                c += std::max<std::uint64_t>(1, reader.number());
            } else {
                (*cells)[c++] = count;
            }
        }
    }
}

void NumberSummary::add(std::size_t repetition, double value) {
    const double from_centre = value - centre_;
    sums_[repetition].add(from_centre);
    squares_.add(from_centre * from_centre);
    lowest_ = std::min(lowest_, value);
    highest_ = std::max(highest_, value);
    ++counts_[repetition];
    if (exact_) {
        values_.push_back(value);
    } else {
        histogram_.add(value + 0.0);  // minus zero is zero
    }
}

void NumberSummary::merge(const NumberSummary& other) {
    lowest_ = std::min(lowest_, other.lowest_);
    highest_ = std::max(highest_, other.highest_);
    for (std::size_t r = 0; r < kRepetitions; ++r) {
        counts_[r] += other.counts_[r];
        sums_[r].merge(other.sums_[r]);
    }
    squares_.merge(other.squares_);
    histogram_.merge(other.histogram_);
    values_.insert(values_.end(), other.values_.begin(), other.values_.end());
}

std::uint64_t NumberSummary::count() const {
    return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

double NumberSummary::mean() const {
    ExactSum all;
    for (const ExactSum& sum : sums_) {
        all.merge(sum);
    }
    return centre_ + all.value() / static_cast<double>(count());
}

double NumberSummary::deviation() const {
    const auto n = static_cast<double>(count());
    if (n < 2) {
        return 0;
    }
    const double offset = mean() - centre_;
    return std::sqrt(std::max(0.0, (squares_.value() - n * offset * offset) / (n - 1)));
}

double NumberSummary::error(bool independent) const {
    if (independent) {
        const auto n = static_cast<double>(count());
        return n < 2 ? std::numeric_limits<double>::infinity() : deviation() / std::sqrt(n);
    }
    std::array<double, kRepetitions> sums{};
    for (std::size_t r = 0; r < kRepetitions; ++r) {
        sums[r] = sums_[r].value();
    }
    return error_between(sums, counts_);
}

double NumberSummary::quantile(double p) const {
    if (!exact_) {
        const auto last = static_cast<double>(count() - 1);
        return std::clamp(histogram_.at(static_cast<std::uint64_t>(std::llround(p * last))), lowest_,
                          highest_);
    }
    std::vector<double> sorted = values_;
    std::ranges::sort(sorted);
    const double place = p * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - std::floor(place)) * (sorted[above] - sorted[below]);
}

void NumberSummary::save(ByteWriter& writer) const {
    for (std::size_t r = 0; r < kRepetitions; ++r) {
        writer.number(counts_[r]);
        sums_[r].save(writer);
    }
    squares_.save(writer);
    writer.real(lowest_);
    writer.real(highest_);
    histogram_.save(writer);
    writer.number(values_.size());
    for (const double value : values_) {
        writer.real(value);
    }
}

void NumberSummary::load(ByteReader& reader) {
    for (std::size_t r = 0; r < kRepetitions; ++r) {
        counts_[r] = reader.number();
        sums_[r].load(reader);
    }
    squares_.load(reader);
    lowest_ = reader.real();
    highest_ = reader.real();
    histogram_.load(reader);
    values_.clear();
    for (std::uint64_t left = reader.number(); left > 0; --left) {
        values_.push_back(reader.real());
    }
}

double error_between(const std::array<double, kRepetitions>& sums,
                     const std::array<std::uint64_t, kRepetitions>& counts) {
    double mean = 0;
    int used = 0;
    for (std::size_t r = 0; r < kRepetitions; ++r) {
        if (counts[r] > 0) {
            mean += sums[r] / static_cast<double>(counts[r]);
            ++used;
        }
    }
    if (used < 2) {
        return std::numeric_limits<double>::infinity();
    }
    mean /= used;
    double squares = 0;
    for (std::size_t r = 0; r < kRepetitions; ++r) {
        if (counts[r] > 0) {
            const double off = sums[r] / static_cast<double>(counts[r]) - mean;
            squares += off * off;
        }
    }
    return std::sqrt(squares / (used - 1) / used);
}

}  // namespace steelyard::uncertainty
