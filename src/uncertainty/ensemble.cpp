// SPDX-License-Identifier: Apache-2.0
#include "steelyard/uncertainty/ensemble.hpp"

#include "bytes.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/core/jobs.hpp"
#include "steelyard/model/numbers.hpp"
#include "steelyard/uncertainty/points.hpp"
#include "steelyard/uncertainty/summary.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace steelyard::uncertainty {

namespace {

constexpr std::uint64_t kKeptDraws = 10000;
constexpr double kCellError = 1.0 / 4096;

using Counts = std::array<std::uint64_t, kRepetitions>;

/// What is kept of one target.
struct Kept {
    NumberSummary numbers;
    std::map<std::string, Counts> texts;
};

/// A piece is sixteen draws, one of each repetition.
class EnsembleTally : public Tally {
public:
    EnsembleTally(const Model& model, const Sampler& sampler, std::span<const double> centres, bool exact)
        : model_(model), sampler_(sampler), centres_(centres.begin(), centres.end()), exact_(exact) {
        for (const double centre : centres_) {
            spreads_.push_back({NumberSummary(centre, exact), {}});
        }
        by_number_.resize(spreads_.size());
        values_.resize(sampler.dimensions());
        outcomes_.resize(kRepetitions * spreads_.size());
    }

    [[nodiscard]] std::unique_ptr<Tally> fresh() const override {
        return std::make_unique<EnsembleTally>(model_, sampler_, centres_, exact_);
    }

    void add(std::uint64_t piece) override {
        if (evaluator_ == nullptr) {
            evaluator_ = model_.evaluator();
        }
        const std::size_t targets = spreads_.size();
        for (std::size_t r = 0; r < kRepetitions; ++r) {
            sampler_.point(piece * kRepetitions + r, values_);
            for (std::size_t f = 0; f < values_.size(); ++f) {
                values_[f] = model_.factors()[f].at(values_[f]);
            }
            evaluator_->evaluate(values_, std::span(outcomes_).subspan(r * targets, targets));
        }
        if (model_.context().budget.requested()) {
            throw Error(ErrorKind::cancelled, "the time allowed is used up");  // may not be proven
        }
        for (std::size_t r = 0; r < kRepetitions; ++r) {
            for (std::size_t t = 0; t < targets; ++t) {
                const Outcome& outcome = outcomes_[r * targets + t];
                if (outcome.kind == Outcome::Kind::number) {
                    spreads_[t].numbers.add(r, outcome.number);
                } else if (outcome.kind == Outcome::Kind::text) {
                    auto& counts = by_number_[t];
                    if (counts.size() <= outcome.text) {
                        counts.resize(evaluator_->texts());
                    }
                    ++counts[outcome.text][r];
                }
            }
        }
        ++pieces_;
    }

    void merge(const Tally& other) override {
        const auto& from = dynamic_cast<const EnsembleTally&>(other);
        pieces_ += from.pieces_;
        for (std::size_t t = 0; t < spreads_.size(); ++t) {
            spreads_[t].numbers.merge(from.spreads_[t].numbers);
            for (const auto& [text, counts] : from.texts(t)) {
                add_counts(spreads_[t].texts[text], counts);
            }
        }
    }

    [[nodiscard]] std::string save() const override {
        ByteWriter writer;
        writer.number(pieces_);
        writer.number(spreads_.size());
        for (std::size_t t = 0; t < spreads_.size(); ++t) {
            spreads_[t].numbers.save(writer);
            const auto all = texts(t);
            writer.number(all.size());
            for (const auto& [text, counts] : all) {
                writer.text(text);
                for (const std::uint64_t count : counts) {
                    writer.number(count);
                }
            }
        }
        return writer.take();
    }

    void load(std::string_view bytes) override {
        ByteReader reader(bytes);
        pieces_ = reader.number();
        reader.expect(spreads_.size());
        for (std::size_t t = 0; t < spreads_.size(); ++t) {
            spreads_[t].numbers.load(reader);
            spreads_[t].texts.clear();
            by_number_[t].clear();
            for (std::uint64_t left = reader.number(); left > 0; --left) {
                Counts& counts = spreads_[t].texts[reader.text()];
                for (std::uint64_t& count : counts) {
                    count = reader.number();
                }
            }
        }
        reader.end();
    }

    [[nodiscard]] std::uint64_t pieces() const { return pieces_; }
    [[nodiscard]] const NumberSummary& numbers(std::size_t target) const { return spreads_[target].numbers; }

    /// How often each text occurred, by repetition.
    [[nodiscard]] std::map<std::string, Counts> texts(std::size_t target) const {
        std::map<std::string, Counts> all = spreads_[target].texts;
        for (std::size_t i = 0; i < by_number_[target].size(); ++i) {
            const Counts& counts = by_number_[target][i];
            if (std::ranges::any_of(counts, [](std::uint64_t count) { return count > 0; })) {
                add_counts(all[evaluator_->text(static_cast<std::uint32_t>(i))], counts);
            }
        }
        return all;
    }

private:
    static void add_counts(Counts& to, const Counts& from) {
        for (std::size_t r = 0; r < kRepetitions; ++r) {
            to[r] += from[r];
        }
    }

    const Model& model_;
    const Sampler& sampler_;
    std::vector<double> centres_;
    bool exact_;
    std::uint64_t pieces_ = 0;
    std::vector<Kept> spreads_;
    std::vector<std::vector<Counts>> by_number_;  // by target and the evaluator's number of the text
    std::unique_ptr<Evaluator> evaluator_;
    std::vector<double> values_;
    std::vector<Outcome> outcomes_;
};

std::optional<double> finite(double value) {
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

ShareResult share_of(const std::string& text, const Counts& counts, std::uint64_t pieces, bool independent) {
    const auto draws = static_cast<double>(pieces * kRepetitions);
    const auto count = static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
    ShareResult share{text, count / draws, {}, likelihood_band(count / draws)};
    if (independent) {
        share.error = std::sqrt(share.share * (1 - share.share) / draws);
    } else {
        std::array<double, kRepetitions> sums{};
        std::ranges::transform(counts, sums.begin(), [](std::uint64_t c) { return static_cast<double>(c); });
        Counts of{};
        of.fill(pieces);
        share.error = finite(error_between(sums, of));
    }
    return share;
}

std::vector<ShareResult> shares_of(const EnsembleTally& tally, std::size_t target, bool independent) {
    std::vector<ShareResult> shares;
    for (const auto& [text, counts] : tally.texts(target)) {
        shares.push_back(share_of(text, counts, tally.pieces(), independent));
    }
    std::ranges::stable_sort(shares, std::greater<>(), &ShareResult::share);
    return shares;
}

/// Whether the errors asked for are reached by every target.
bool precise(const EnsembleTally& tally, const EnsembleOptions& options, std::size_t targets) {
    if (options.share_error <= 0 && options.number_error <= 0) {
        return false;
    }
    const bool independent = options.design == Design::plain;
    for (std::size_t t = 0; t < targets; ++t) {
        if (options.number_error > 0 && tally.numbers(t).count() > 0 &&
            !(tally.numbers(t).error(independent) <= options.number_error)) {
            return false;
        }
        for (const ShareResult& share : shares_of(tally, t, independent)) {
            if (options.share_error > 0 && share.error.value_or(1) > options.share_error) {
                return false;
            }
        }
    }
    return true;
}

TargetSpread describe(const EnsembleTally& tally, const Model& model, std::size_t target,
                      const EnsembleOptions& options) {
    const bool independent = options.design == Design::plain;
    TargetSpread spread;
    spread.target = model.targets()[target].text;
    spread.unit = model.unit(target);
    spread.shares = shares_of(tally, target, independent);
    const NumberSummary& numbers = tally.numbers(target);
    double present =
        static_cast<double>(numbers.count()) / static_cast<double>(tally.pieces() * kRepetitions);
    for (const ShareResult& share : spread.shares) {
        present += share.share;
    }
    spread.present = std::min(present, 1.0);
    if (numbers.count() > 0) {
        spread.mean = numbers.mean();
        spread.error = finite(numbers.error(independent));
        spread.deviation = numbers.deviation();
        spread.low = numbers.lowest();
        spread.high = numbers.highest();
        for (const double p : options.quantiles) {
            spread.quantiles.push_back({p, numbers.quantile(p)});
        }
    }
    return spread;
}

}  // namespace

std::vector<double> correlation_matrix(const Case& subject, std::span<const Factor> factors,
                                       const Named<double>& entries) {
    if (entries.empty()) {
        return {};
    }
    const std::size_t n = factors.size();
    std::vector<double> matrix(n * n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
        matrix[i * n + i] = 1;
    }
    std::vector<Problem> problems;
    const auto place = [&](const std::string& entry, std::string_view address) {
        const std::string pointer = resolve_number(subject, address);
        const auto factor = std::ranges::find(factors, pointer, &Factor::name);
        if (factor == factors.end()) {
            problems.push_back({Place{{}, 0, 0, "/correlations/" + entry},
                                "this number is not drawn",
                                std::string(address),
                                "an uncertain number among the factors",
                                {}});
        }
        return static_cast<std::size_t>(factor - factors.begin());
    };
    for (const auto& [entry, value] : entries) {
        const std::size_t wave = entry.find('~');
        if (wave == std::string::npos) {
            problems.push_back({Place{{}, 0, 0, "/correlations/" + entry},
                                "a correlation joins two numbers",
                                entry,
                                "ADDRESS~ADDRESS",
                                {}});
            continue;
        }
        const std::size_t i = place(entry, std::string_view(entry).substr(0, wave));
        const std::size_t j = place(entry, std::string_view(entry).substr(wave + 1));
        if (i < n && j < n && i != j) {
            matrix[i * n + j] = matrix[j * n + i] = value;
        } else if (i == j && i < n) {
            problems.push_back({Place{{}, 0, 0, "/correlations/" + entry},
                                "a number cannot be correlated with itself",
                                entry,
                                {},
                                {}});
        }
    }
    if (!problems.empty()) {
        throw Error(ErrorKind::invalid_option, std::move(problems));
    }
    return matrix;
}

EnsembleResult ensemble(const Case& subject, const EnsembleOptions& options, const Context& context,
                        const Catalogue& catalogue, std::string_view study) {
    const Model model(subject, options.targets, options.factors, context, catalogue);
    require_uncertain(model.factors());
    const auto planned = static_cast<std::uint64_t>(options.draws);
    const Sampler sampler(options.design, context.seed, planned, model.factors().size(),
                          correlation_matrix(subject, model.factors(), options.correlations));
    std::vector<Outcome> best(model.targets().size());
    const std::unique_ptr<Evaluator> evaluator = model.evaluator();
    evaluator->evaluate(model.best(), best);
    std::vector<double> centres;
    for (const Outcome& outcome : best) {
        centres.push_back(outcome.kind == Outcome::Kind::number ? outcome.number : 0);
    }
    const std::uint64_t pieces = (planned + kRepetitions - 1) / kRepetitions;
    EnsembleTally tally(model, sampler, centres, planned <= kKeptDraws);
    EnsembleResult result;
    Context counted = context;
    counted.progress = [&](const Progress& progress) {
        context.report("draws", progress.done * kRepetitions, static_cast<double>(pieces * kRepetitions));
    };
    // Whether to stop is asked after 1,024 draws and then whenever their number has doubled.
    std::uint64_t begin = context.runner == nullptr ? 0 : context.runner->resume(study, tally);
    const bool watched = options.share_error > 0 || options.number_error > 0;
    while (begin < pieces) {
        const std::uint64_t end = watched ? std::min(pieces, std::max<std::uint64_t>(64, 2 * begin)) : pieces;
        if (!run_pieces(study, begin, end, tally, counted, "draws")) {
            result.stopped = context.cancel.requested() ? Stopped::interrupted : Stopped::out_of_time;
            break;
        }
        begin = end;
        if (begin < pieces && precise(tally, options, best.size())) {
            result.stopped = Stopped::precise;
            break;
        }
    }
    if (tally.pieces() == 0) {
        throw Error(ErrorKind::cancelled, "stopped before the first draws were done");
    }
    if (context.runner != nullptr &&
        (result.stopped == Stopped::all_drawn || result.stopped == Stopped::precise)) {
        context.runner->finish(study);
    }
    result.draws = static_cast<std::int64_t>(tally.pieces() * kRepetitions);
    result.planned = static_cast<std::int64_t>(pieces * kRepetitions);
    for (const Factor& factor : model.factors()) {
        result.factors.push_back(factor.name);
    }
    result.beyond_design = static_cast<std::int64_t>(sampler.dimensions() - sampler.covered());
    result.quantile_error = planned <= kKeptDraws ? 0 : kCellError;
    for (std::size_t t = 0; t < best.size(); ++t) {
        result.targets.push_back(describe(tally, model, t, options));
        const Outcome& outcome = best[t];
        result.targets.back().best = outcome.kind == Outcome::Kind::number ? Value(outcome.number)
                                     : outcome.kind == Outcome::Kind::text
                                         ? Value(evaluator->text(outcome.text))
                                         : Value();
    }
    return result;
}

}  // namespace steelyard::uncertainty
