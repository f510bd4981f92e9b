// SPDX-License-Identifier: Apache-2.0
#include "count.hpp"

#include "census.hpp"
#include "pairs.hpp"
#include "ranges.hpp"
#include "sample.hpp"

#include <algorithm>
#include <cmath>

namespace steelyard::space {

namespace {

using boost::multiprecision::gcd;

constexpr std::size_t kFewRows = 2'000;

/// Counts by meeting in the middle.
template <class W>
class Counter {
public:
    using Value = typename W::Value;

    Counter(const Engine<W>& engine, const Demand<W>& demand, const Context& context, std::size_t most_rows)
        : engine_(engine), demand_(demand), context_(context), most_rows_(most_rows), ranges_(engine) {}

    /// Whether the lists will surely grow too long: half of the choices are too many, and their sums are too
    /// fine to coincide often.
    [[nodiscard]] bool hopeless() const {
        const double most = std::log2(static_cast<double>(most_rows_)) + 3;
        const BigInt deals = count_paths(engine_.diagram());
        if (deals == 0 || static_cast<double>(boost::multiprecision::msb(deals)) / 2 < most)
            return false;
        double sums = 0;  // log2 of the grid on which half of the issues' sums lie
        const Problem& problem = engine_.problem();
        for (std::size_t p = 0; p < engine_.actors(); ++p) {
            if (demand_.rule == nullptr && (demand_.floors.empty() || !demand_.floors[p]))
                continue;
            BigInt step = 0;
            for (const OpenIssue& issue : problem.issues) {
                for (const auto& row : issue.points)
                    step = gcd(step, BigInt(row[p] - issue.points[0][p]));
            }
            for (const Term& term : problem.terms) {
                if (!term.forbids())
                    step = gcd(step, term.points[p]);
            }
            const Range<W>& range = ranges_.after[0][0];
            if (step > 0)
                sums += std::log2(to_double(Value(range.high[p] - range.low[p])) / to_double(step) / 2 + 1);
        }
        return sums > most;
    }

    /// False when the lists grow too long.
    bool count(Tally& tally) {
        if (hopeless())
            return false;
        const std::size_t layers = engine_.diagram().layers.size();
        const std::size_t n = engine_.actors();
        const std::size_t words = engine_.layout().words();
        std::vector<Front<W>> left{Front<W>::origin(n, words)};
        std::vector<Front<W>> right{Front<W>::origin(n, words)};
        std::size_t begin = 0;
        std::size_t end = layers;
        std::size_t left_rows = 1;
        std::size_t right_rows = 1;
        while (begin < end) {
            context_.check();
            context_.report("count", static_cast<double>(begin + layers - end), static_cast<double>(layers));
            if (left_rows <= right_rows) {
                // The last step is not worth sorting for, unless many rows may coincide.
                const bool last = begin + 1 == end && left_rows < kFewRows;
                left = forward(begin++, left, last ? Keep::all : Keep::distinct);
                left_rows = rows_of(left);
            } else {
                right = backward(--end, right);
                right_rows = rows_of(right);
            }
            if (left_rows > most_rows_ || right_rows > most_rows_ || context_.budget.requested())
                return false;
        }
        return meet(left, right, tally);
    }

private:
    static std::size_t rows_of(const std::vector<Front<W>>& fronts) {
        std::size_t rows = 0;
        for (const Front<W>& front : fronts)
            rows += front.size();
        return rows;
    }

    [[nodiscard]] std::size_t nodes(std::size_t layer) const {
        const auto& layers = engine_.diagram().layers;
        return layer < layers.size() ? layers[layer].nodes : 1;
    }

    /// Calls `visit(node, class, arc)` for every way from `layer` to the next.
    template <class F>
    void each_arc(std::size_t layer, F&& visit) const {
        const Diagram::Layer& here = engine_.diagram().layers[layer];
        for (std::size_t node = 0; node < here.nodes; ++node) {
            for (std::size_t cls = 0; cls < here.classes(); ++cls) {
                const Diagram::Arc& arc = here.arc(node, cls);
                if (arc.target != Diagram::none)
                    visit(node, cls, arc);
            }
        }
    }

    /// The numbers of an actor that the demand looks at.
    [[nodiscard]] std::pair<Value, Value> span_of(std::size_t actor) const {
        std::optional<Value> low;
        std::optional<Value> high;
        const auto take = [&](const Value& value) {
            low = low ? std::min(*low, value) : value;
            high = high ? std::max(*high, value) : value;
        };
        if (demand_.rule != nullptr)
            take(demand_.thresholds[actor]);
        if (!demand_.floors.empty() && demand_.floors[actor])
            take(*demand_.floors[actor]);
        // An actor that nobody asks: any two numbers below all its sums will do.
        const Value& least = ranges_.after[0][0].low[actor];
        return {low.value_or(least), high.value_or(least)};
    }

    /// Beyond these bounds nothing that follows can change whether a number is reached.  A clamped value stays
    /// within `own`, the range of the unclamped ones, so that the other side may rely on that range.
    std::vector<Clamp<W>> clamps(const Range<W>& own, const Range<W>& other) const {
        std::vector<Clamp<W>> result;
        for (std::size_t p = 0; p < engine_.actors(); ++p) {
            const auto [first, last] = span_of(p);
            const Value surely_not = first - other.high[p] - 1;
            const Value surely = last - other.low[p];
            result.push_back({std::min(surely_not, own.high[p]), std::max(surely, own.low[p])});
        }
        return result;
    }

    std::vector<Front<W>> gather(std::vector<std::vector<Stream<W>>>& streams, const auto& own,
                                 const auto& other, Keep keep = Keep::distinct) {
        std::vector<Front<W>> fronts(streams.size(),
                                     Front<W>{engine_.actors(), engine_.layout().words(), {}, {}, {}});
        for (std::size_t node = 0; node < streams.size(); ++node) {
            if (streams[node].empty() || !own[node].reached || !other[node].reached)
                continue;
            const auto bounds = clamps(own[node], other[node]);
            fronts[node] = join<W>(streams[node], keep, {}, bounds);
        }
        return fronts;
    }

    Stream<W> stream(std::size_t layer, const Front<W>& front, const auto& addition,
                     const std::vector<Value>& gain) const {
        const std::size_t issue = engine_.diagram().layers[layer].issue;
        Stream<W> one{&front, addition.values, addition.times, engine_.layout().word(issue),
                      engine_.layout().bits(issue, addition.first)};
        for (std::size_t p = 0; p < gain.size(); ++p)
            one.shift[p] += gain[p];
        return one;
    }

    std::vector<Front<W>> forward(std::size_t layer, const std::vector<Front<W>>& fronts, Keep keep) {
        std::vector<std::vector<Stream<W>>> streams(nodes(layer + 1));
        each_arc(layer, [&](std::size_t node, std::size_t cls, const Diagram::Arc& arc) {
            for (const auto& addition : engine_.additions(layer, cls, Keep::distinct)) {
                if (fronts[node].size() > 0)
                    streams[arc.target].push_back(
                        stream(layer, fronts[node], addition, engine_.gain(arc.gain)));
            }
        });
        return gather(streams, ranges_.before[layer + 1], ranges_.after[layer + 1], keep);
    }

    std::vector<Front<W>> backward(std::size_t layer, const std::vector<Front<W>>& fronts) {
        std::vector<std::vector<Stream<W>>> streams(nodes(layer));
        each_arc(layer, [&](std::size_t node, std::size_t cls, const Diagram::Arc& arc) {
            for (const auto& addition : engine_.additions(layer, cls, Keep::distinct)) {
                if (fronts[arc.target].size() > 0)
                    streams[node].push_back(
                        stream(layer, fronts[arc.target], addition, engine_.gain(arc.gain)));
            }
        });
        return gather(streams, ranges_.after[layer], ranges_.before[layer]);
    }

    bool meet(const std::vector<Front<W>>& left, const std::vector<Front<W>>& right, Tally& tally) {
        Pairs<W> pairs(engine_.actors(), engine_.layout().words());
        for (std::size_t node = 0; node < left.size(); ++node) {
            context_.check();
            if (!pairs.add(left[node], right[node], demand_))
                return false;
        }
        tally.count = to_big(pairs.count());
        tally.low = tally.high = tally.count;
        if (!pairs.first().empty())
            tally.first = engine_.layout().options(pairs.first().data());
        return true;
    }

    const Engine<W>& engine_;
    const Demand<W>& demand_;
    const Context& context_;
    std::size_t most_rows_;
    Ranges<W> ranges_;
};

template <class W>
void estimate(const Engine<W>& engine, const Demand<W>& demand, const Context& context, Tally& tally) {
    constexpr std::size_t draws = 1U << 15U;
    const Sampler sampler(engine.diagram());
    std::size_t met = 0;
    for (std::size_t k = 0; k < draws; ++k) {
        if ((k & 1023U) == 0)
            context.check();
        const auto row = engine.row(sampler.draw(context.seed, k));
        met += static_cast<std::size_t>(demand.met(row.data()));
    }
    tally = tally_of_share(met, draws, sampler.deals());
}

}  // namespace

template <class W>
bool Demand<W>::met(const Value* row) const {
    for (std::size_t p = 0; p < floors.size(); ++p) {
        if (floors[p] && row[p] < *floors[p])
            return false;
    }
    if (rule == nullptr)
        return true;
    Willing willing = 0;
    for (std::size_t p = 0; p < thresholds.size(); ++p)
        willing |= static_cast<Willing>(!(row[p] < thresholds[p])) << p;
    return rule->accepts(willing);
}

template <class W>
std::optional<typename W::Value> Demand<W>::single(std::size_t actor) const {
    std::optional<Value> most;
    if (rule != nullptr)
        most = thresholds[actor];
    if (!floors.empty() && floors[actor] && (!most || *most < *floors[actor]))
        most = floors[actor];
    return most;
}

template <class W>
Demand<W> acceptance_demand(const Engine<W>& engine, const AcceptanceRule& rule) {
    Demand<W> demand;
    demand.rule = &rule;
    for (std::size_t p = 0; p < engine.actors(); ++p)
        demand.thresholds.push_back(engine.threshold(p));
    return demand;
}

template <class W>
Tally count_deals(const Engine<W>& engine, const Demand<W>& demand, const Context& context,
                  std::size_t most_rows) {
    Tally tally;
    if (!engine.diagram().feasible)
        return tally;
    if (!Counter<W>(engine, demand, context, most_rows).count(tally))
        estimate(engine, demand, context, tally);
    return tally;
}

template struct Demand<Narrow>;
template struct Demand<Wide>;
template struct Demand<Big>;
template Demand<Narrow> acceptance_demand(const Engine<Narrow>&, const AcceptanceRule&);
template Demand<Wide> acceptance_demand(const Engine<Wide>&, const AcceptanceRule&);
template Demand<Big> acceptance_demand(const Engine<Big>&, const AcceptanceRule&);
template Tally count_deals(const Engine<Narrow>&, const Demand<Narrow>&, const Context&, std::size_t);
template Tally count_deals(const Engine<Wide>&, const Demand<Wide>&, const Context&, std::size_t);
template Tally count_deals(const Engine<Big>&, const Demand<Big>&, const Context&, std::size_t);

}  // namespace steelyard::space
