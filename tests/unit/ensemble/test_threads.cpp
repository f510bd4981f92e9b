// SPDX-License-Identifier: Apache-2.0
// Pieces shared among threads, on a tally that remembers each; run it under ThreadSanitizer too.
#include "steelyard/core/error.hpp"
#include "steelyard/core/jobs.hpp"
#include "steelyard/ensemble/threads.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <numeric>
#include <set>
#include <thread>

namespace steelyard::ensemble {
namespace {

constexpr std::uint64_t kPieces = 20'000;

/// How often each piece was done.
class Counts : public Tally {
public:
    explicit Counts(std::uint64_t bad = kPieces) : times_(kPieces), bad_(bad) {}

    [[nodiscard]] std::unique_ptr<Tally> fresh() const override { return std::make_unique<Counts>(bad_); }
    void add(std::uint64_t piece) override {
        if (piece == bad_)
            throw Error(ErrorKind::limit, "a bad piece");
        ++times_[piece];
    }
    void merge(const Tally& other) override {
        const auto& more = dynamic_cast<const Counts&>(other).times_;
        for (std::size_t i = 0; i < kPieces; ++i)
            times_[i] = static_cast<char>(times_[i] + more[i]);
    }
    [[nodiscard]] std::string save() const override { return {times_.begin(), times_.end()}; }
    void load(std::string_view bytes) override { times_.assign(bytes.begin(), bytes.end()); }

    [[nodiscard]] std::set<int> kinds() const { return {times_.begin(), times_.end()}; }
    [[nodiscard]] std::uint64_t pieces() const {
        return std::accumulate(
            times_.begin(), times_.end(), std::uint64_t{0},
            [](std::uint64_t sum, char times) { return sum + static_cast<std::uint64_t>(times); });
    }

private:
    std::vector<char> times_;
    std::uint64_t bad_;
};

const std::set<int> kEachOnce = {1};

TEST(Threads, DoEveryPieceOnce) {
    for (const unsigned threads : {1U, 2U, 5U, 16U}) {
        Counts total;
        EXPECT_TRUE(ThreadRunner(threads).run("study", 0, kPieces, total, {})) << threads;
        EXPECT_EQ(total.kinds(), kEachOnce) << threads;
    }
}

TEST(Threads, ReportProgressOneAtATimeAndUpToTheEnd) {
    Counts total;
    Context context;
    double furthest = 0;  // unguarded: only one thread reports at a time
    context.progress = [&](const Progress& progress) { furthest = std::max(furthest, progress.done); };
    EXPECT_TRUE(ThreadRunner(4).run("study", 0, kPieces, total, context));
    EXPECT_EQ(furthest, kPieces);
}

TEST(Threads, ReportProgressByTheClockHoweverFewAndLongThePiecesAre) {
    /// Takes a twentieth of a second for each piece.
    class Slow : public Counts {
    public:
        [[nodiscard]] std::unique_ptr<Tally> fresh() const override { return std::make_unique<Slow>(); }
        void add(std::uint64_t piece) override {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            Counts::add(piece);
        }
    };
    Slow total;
    Context context;
    std::vector<double> told;
    context.progress = [&](const Progress& progress) { told.push_back(progress.done); };
    EXPECT_TRUE(ThreadRunner(2).run("study", 0, 40, total, context));
    // A second of work in all: a stretch of it is several pieces, and is not waited for.
    EXPECT_GE(told.size(), 5U);
    EXPECT_TRUE(std::ranges::is_sorted(told));
    EXPECT_EQ(told.back(), 40);
}

TEST(Threads, DoNotReportEveryShortPiece) {
    Counts total;
    Context context;
    std::size_t told = 0;
    context.progress = [&](const Progress&) { ++told; };
    EXPECT_TRUE(ThreadRunner(2).run("study", 0, kPieces, total, context));
    EXPECT_LT(told, kPieces / 4);
}

TEST(Threads, SaveWhatIsDoneWhileTheyWorkAndGoOnAfterAStop) {
    std::optional<std::string> kept;
    std::size_t saved = 0;
    Context first;
    Keeping keeping;
    keeping.load = [&] { return kept; };
    keeping.due = [] { return true; };
    keeping.drop = [&] { kept.reset(); };
    keeping.save = [&](const std::string& text) {
        kept = text;
        const Checkpoint checkpoint = read_checkpoint(text);
        Counts inside;
        inside.load(checkpoint.tally);
        EXPECT_EQ(inside.pieces(), pieces_in(checkpoint.done))
            << "the tally holds just what is said to be done";
        if (++saved == 5)
            first.cancel.request();
    };
    Counts stopped;
    EXPECT_FALSE(ThreadRunner(4, keeping).run("study", 0, kPieces, stopped, first));
    EXPECT_GT(stopped.pieces(), 0U);
    EXPECT_LT(stopped.pieces(), kPieces);
    ASSERT_TRUE(kept.has_value());

    Counts total;
    ThreadRunner second(3, keeping);
    EXPECT_EQ(second.resume("study", total), 0U);
    EXPECT_TRUE(second.run("study", 0, kPieces, total, {}));
    EXPECT_EQ(total.kinds(), kEachOnce);
    second.finish("study");
    EXPECT_FALSE(kept.has_value());
}

TEST(Threads, PassOnWhatAPieceThrows) {
    Counts total(kPieces / 2);
    try {
        ThreadRunner(4).run("study", 0, kPieces, total, {});
        FAIL() << "nothing was thrown";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::limit);
    }
}

}  // namespace
}  // namespace steelyard::ensemble
