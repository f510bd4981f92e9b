// SPDX-License-Identifier: Apache-2.0
#include "steelyard/uncertainty/points.hpp"

#include "bytes.hpp"
#include "steelyard/core/error.hpp"

#include <algorithm>
#include <limits>
#include <map>

namespace steelyard::uncertainty {

namespace {

/// Rows of outcomes by point.
class PointsTally : public Tally {
public:
    PointsTally(const Model& model, const Placing& place)
        : model_(model), place_(place), values_(model.factors().size()), row_(model.targets().size()) {}

    [[nodiscard]] std::unique_ptr<Tally> fresh() const override {
        return std::make_unique<PointsTally>(model_, place_);
    }

    void add(std::uint64_t piece) override {
        if (evaluator_ == nullptr) {
            evaluator_ = model_.evaluator();
        }
        place_(piece, values_);
        evaluator_->evaluate(values_, row_);
        if (model_.context().budget.requested()) {
            throw Error(ErrorKind::cancelled, "the time allowed is used up");  // may not be proven
        }
        std::vector<Outcome> row = row_;
        for (Outcome& outcome : row) {
            if (outcome.kind == Outcome::Kind::text) {
                outcome.text = known(evaluator_->text(outcome.text));
            }
        }
        rows_.emplace(piece, std::move(row));
    }

    void merge(const Tally& other) override {
        const auto& from = dynamic_cast<const PointsTally&>(other);
        for (const auto& [piece, theirs] : from.rows_) {
            std::vector<Outcome> row = theirs;
            for (Outcome& outcome : row) {
                if (outcome.kind == Outcome::Kind::text) {
                    outcome.text = known(from.texts_[outcome.text]);
                }
            }
            rows_.emplace(piece, std::move(row));
        }
    }

    [[nodiscard]] std::string save() const override {
        ByteWriter writer;
        writer.number(texts_.size());
        for (const std::string& text : texts_) {
            writer.text(text);
        }
        writer.number(rows_.size());
        for (const auto& [piece, row] : rows_) {
            writer.number(piece);
            for (const Outcome& outcome : row) {
                writer.number(static_cast<std::uint64_t>(outcome.kind));
                if (outcome.kind == Outcome::Kind::number) {
                    writer.real(outcome.number);
                } else if (outcome.kind == Outcome::Kind::text) {
                    writer.number(outcome.text);
                }
            }
        }
        return writer.take();
    }

    void load(std::string_view bytes) override {
        ByteReader reader(bytes);
        texts_.clear();
        numbers_.clear();
        rows_.clear();
        for (std::uint64_t left = reader.number(); left > 0; --left) {
            known(reader.text());
        }
        for (std::uint64_t left = reader.number(); left > 0; --left) {
            const std::uint64_t piece = reader.number();
            std::vector<Outcome> row(model_.targets().size());
            for (Outcome& outcome : row) {
                const std::uint64_t kind = reader.number();
                if (kind == 1) {
                    outcome = {Outcome::Kind::number, 0, reader.real()};
                } else if (kind == 2) {
                    outcome = {Outcome::Kind::text, static_cast<std::uint32_t>(reader.number()), 0};
                    if (outcome.text >= texts_.size()) {
                        throw Error(ErrorKind::input_output, "the saved state is damaged");
                    }
                }
            }
            rows_.emplace(piece, std::move(row));
        }
        reader.end();
    }

    /// In the order of the points.
    [[nodiscard]] Points take() {
        Points points;
        points.targets = row_.size();
        std::map<std::uint32_t, std::uint32_t> order;
        for (auto& [piece, row] : rows_) {
            for (Outcome& outcome : row) {
                if (outcome.kind == Outcome::Kind::text) {
                    const auto next = static_cast<std::uint32_t>(points.texts.size());
                    const auto [known, made] = order.emplace(outcome.text, next);
                    if (made) {
                        points.texts.push_back(texts_[outcome.text]);
                    }
                    outcome.text = known->second;
                }
                points.outcomes.push_back(outcome);
            }
        }
        return points;
    }

private:
    std::uint32_t known(const std::string& text) {
        const auto [place, made] = numbers_.emplace(text, static_cast<std::uint32_t>(texts_.size()));
        if (made) {
            texts_.push_back(text);
        }
        return place->second;
    }

    const Model& model_;
    const Placing& place_;
    std::unique_ptr<Evaluator> evaluator_;
    std::vector<double> values_;
    std::vector<Outcome> row_;
    std::map<std::uint64_t, std::vector<Outcome>> rows_;
    std::vector<std::string> texts_;
    std::map<std::string, std::uint32_t, std::less<>> numbers_;
};

}  // namespace

bool run_pieces(std::string_view study, std::uint64_t begin, std::uint64_t end, Tally& total,
                const Context& context, std::string_view stage) {
    Context staged = context;
    staged.progress = [&](const Progress& progress) { context.report(stage, progress.done, progress.total); };
    if (context.runner != nullptr) {
        return context.runner->run(study, begin, end, total, staged);
    }
    for (std::uint64_t piece = begin; piece < end; ++piece) {
        if (context.cancel.requested() || context.budget.requested()) {
            return false;
        }
        try {
            total.add(piece);
        } catch (const Error& error) {
            if (error.kind() == ErrorKind::cancelled) {
                return false;
            }
            throw;
        }
        staged.report({}, static_cast<double>(piece + 1), static_cast<double>(end));
    }
    return true;
}

Value Points::value(std::size_t point, std::size_t target) const {
    const Outcome& outcome = at(point, target);
    switch (outcome.kind) {
        case Outcome::Kind::number:
            return Value(outcome.number);
        case Outcome::Kind::text:
            return Value(texts[outcome.text]);
        case Outcome::Kind::absent:
            break;
    }
    return {};
}

Points evaluate_points(const Model& model, std::uint64_t count, const Placing& place, const Context& context,
                       std::string_view stage, std::string_view study) {
    PointsTally tally(model, place);
    const std::uint64_t begin = context.runner == nullptr ? 0 : context.runner->resume(study, tally);
    if (begin < count && !run_pieces(study, begin, count, tally, context, stage)) {
        throw Error(ErrorKind::cancelled,
                    context.cancel.requested()
                        ? "stopped on request"
                        : "the time allowed was used up before all points were computed");
    }
    if (context.runner != nullptr) {
        context.runner->finish(study);
    }
    return tally.take();
}

double as_number(const Outcome& outcome, bool numeric, const Outcome& like) {
    if (!numeric) {
        return outcome == like ? 1 : 0;
    }
    return outcome.kind == Outcome::Kind::number ? outcome.number : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace steelyard::uncertainty
