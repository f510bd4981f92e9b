// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/error.hpp"
#include "steelyard/ensemble/mpi.hpp"

#include <mpi.h>

#include <algorithm>
#include <cstdlib>
#include <exception>

namespace steelyard::ensemble {

namespace {

constexpr int kTag = 1;
constexpr std::size_t kMessage = std::size_t{1} << 30;  // a message's length is an int

int rank_of_this() {
    int rank = 0;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    return rank;
}

int count_of_ranks() {
    int ranks = 1;
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    return ranks;
}

int length_of(const std::string& text, std::size_t at) {
    return static_cast<int>(std::min(kMessage, text.size() - at));
}

void send_text(const std::string& text, int to) {
    const std::uint64_t size = text.size();
    MPI_Send(&size, 1, MPI_UINT64_T, to, kTag, MPI_COMM_WORLD);
    for (std::size_t at = 0; at < text.size(); at += kMessage) {
        MPI_Send(text.data() + at, length_of(text, at), MPI_BYTE, to, kTag, MPI_COMM_WORLD);
    }
}

std::string receive_text(int from) {
    std::uint64_t size = 0;
    MPI_Recv(&size, 1, MPI_UINT64_T, from, kTag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    std::string text(size, '\0');
    for (std::size_t at = 0; at < text.size(); at += kMessage) {
        MPI_Recv(text.data() + at, length_of(text, at), MPI_BYTE, from, kTag, MPI_COMM_WORLD,
                 MPI_STATUS_IGNORE);
    }
    return text;
}

/// Rank 0's text, on every rank.
void share_text(std::string& text) {
    std::uint64_t size = text.size();
    MPI_Bcast(&size, 1, MPI_UINT64_T, 0, MPI_COMM_WORLD);
    text.resize(size);
    for (std::size_t at = 0; at < text.size(); at += kMessage) {
        MPI_Bcast(text.data() + at, length_of(text, at), MPI_BYTE, 0, MPI_COMM_WORLD);
    }
}

/// How ranks hand over what they have done.
std::string pack(const std::vector<Stretch>& done, const std::string& tally) {
    return to_text({"-", 0, done, tally});
}

/// Two words in rank 0's memory that every rank may read and raise: the next piece to take, and whether to stop.
class Counter {
public:
    Counter() {
        const MPI_Aint size = rank_of_this() == 0 ? 2 * static_cast<MPI_Aint>(sizeof(std::uint64_t)) : 0;
        MPI_Win_allocate(size, sizeof(std::uint64_t), MPI_INFO_NULL, MPI_COMM_WORLD,
                         static_cast<void*>(&memory_), &window_);
        if (size > 0) {
            memory_[0] = memory_[1] = 0;
        }
        MPI_Win_lock_all(0, window_);
        MPI_Win_sync(window_);
        MPI_Barrier(MPI_COMM_WORLD);
    }
    Counter(const Counter&) = delete;
    Counter& operator=(const Counter&) = delete;
    ~Counter() {
        MPI_Win_unlock_all(window_);
        MPI_Win_free(&window_);
    }

    std::uint64_t take(std::uint64_t pieces) const { return raise(pieces, 0); }
    void stop() const { raise(1, 1); }
    [[nodiscard]] bool stopped() const { return raise(0, 1) != 0; }

private:
    /// Adds to a word and returns what it was before.
    std::uint64_t raise(std::uint64_t by, MPI_Aint word) const {
        std::uint64_t before = 0;
        MPI_Fetch_and_op(&by, &before, MPI_UINT64_T, 0, word, MPI_SUM, window_);
        MPI_Win_flush(0, window_);
        return before;
    }

    std::uint64_t* memory_ = nullptr;
    MPI_Win window_ = MPI_WIN_NULL;
};

bool wants_to_stop(const Context& context) {
    return context.cancel.requested() || context.budget.requested();
}

/// The piece at this place of the list.
std::uint64_t nth(const std::vector<Stretch>& stretches, std::uint64_t place) {
    for (const auto& [first, end] : stretches) {
        if (place < end - first) {
            return first + place;
        }
        place -= end - first;
    }
    return 0;
}

class MpiRunner : public JobRunner {
public:
    MpiRunner(Keeping keeping, std::function<void(const std::string&)> fail)
        : keeping_(rank_ == 0 ? std::move(keeping) : Keeping{}), fail_(std::move(fail)) {}

    std::uint64_t resume(std::string_view study, Tally& total) override {
        std::string text;
        if (const auto checkpoint = kept_checkpoint(keeping_, study)) {
            text = to_text(*checkpoint);
        }
        share_text(text);
        if (text.empty()) {
            return 0;
        }
        const Checkpoint checkpoint = read_checkpoint(text);
        if (checkpoint.done.empty()) {
            total.load(checkpoint.tally);
        }
        return checkpoint.begin;
    }

    bool run(std::string_view study, std::uint64_t begin, std::uint64_t end, Tally& total,
             const Context& context) override {
        const std::unique_ptr<Tally> own = total.fresh();
        const std::unique_ptr<Tally> other = total.fresh();
        const std::string nothing = own->save();
        std::vector<Stretch> done;  // on rank 0
        if (const auto checkpoint = kept_checkpoint(keeping_, study);
            checkpoint && checkpoint->begin == begin) {
            total.load(checkpoint->tally);
            done = checkpoint->done;
        }
        std::vector<Stretch> left = what_is_left(done, begin, end);
        bool stop = false;
        while (!left.empty() && !stop) {
            std::vector<Stretch> own_done;
            try {
                shift(left, *own, own_done, context, end);
            } catch (const std::exception& error) {
                fail_(error.what());
                throw;
            }
            gather(*own, *other, own_done);
            if (rank_ == 0) {
                total.merge(*own);
                for (const Stretch& stretch : own_done) {
                    add_stretch(done, stretch);
                }
            }
            own->load(nothing);
            left = what_is_left(done, begin, end);
            int wanted = wants_to_stop(context) ? 1 : 0;
            MPI_Allreduce(MPI_IN_PLACE, &wanted, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
            stop = wanted != 0;
            if (rank_ == 0 && keeping_.save && !left.empty()) {
                keeping_.save(to_text({std::string(study), begin, done, total.save()}));
            }
        }
        if (stop && !wants_to_stop(context)) {
            context.cancel.request();  // another rank was stopped: all give the same partial answer
        }
        std::string all = rank_ == 0 ? total.save() : std::string();
        share_text(all);
        if (rank_ != 0) {
            total.load(all);
        }
        return left.empty();
    }

    void finish(std::string_view) override {
        if (keeping_.drop) {
            keeping_.drop();
        }
    }

private:
    static std::vector<Stretch> what_is_left(const std::vector<Stretch>& done, std::uint64_t begin,
                                             std::uint64_t end) {
        std::string known = pack(done, {});
        share_text(known);
        return stretches_left(read_checkpoint(known).done, begin, end);
    }

    /// Takes stretches until none is left, somebody wants to stop, or a checkpoint is due.
    void shift(const std::vector<Stretch>& left, Tally& own, std::vector<Stretch>& own_done,
               const Context& context, std::uint64_t end) const {
        const Counter counter;
        const std::uint64_t all = pieces_in(left);
        // Long enough that the counter is rarely asked, short enough that nobody waits long at the end.
        const std::uint64_t length =
            std::clamp<std::uint64_t>(all / (64 * static_cast<std::uint64_t>(ranks_)), 1, 4096);
        for (;;) {
            if (wants_to_stop(context) || (keeping_.due && keeping_.due())) {
                counter.stop();
            }
            const std::uint64_t first = counter.stopped() ? all : counter.take(length);
            if (first >= all) {
                return;
            }
            const std::uint64_t last = std::min(all, first + length);
            for (std::uint64_t at = first; at < last && !wants_to_stop(context); ++at) {
                const std::uint64_t piece = nth(left, at);
                try {
                    own.add(piece);
                } catch (const Error& error) {
                    if (error.kind() != ErrorKind::cancelled) {
                        throw;
                    }
                    break;  // stopped in the middle of a piece
                }
                add_stretch(own_done, {piece, piece + 1});
            }
            if (rank_ == 0) {
                context.report({}, static_cast<double>(end - all + last), static_cast<double>(end));
            }
        }
    }

    /// Merges what all ranks have into rank 0's, along a binary tree: in the step of size s, every odd multiple of s
    /// sends to the rank s below it.
    void gather(Tally& own, Tally& other, std::vector<Stretch>& own_done) const {
        for (int step = 1; step < ranks_; step *= 2) {
            if (rank_ % (2 * step) != 0) {
                send_text(pack(own_done, own.save()), rank_ - step);
                return;
            }
            if (rank_ + step < ranks_) {
                const Checkpoint theirs = read_checkpoint(receive_text(rank_ + step));
                other.load(theirs.tally);
                own.merge(other);
                for (const Stretch& stretch : theirs.done) {
                    add_stretch(own_done, stretch);
                }
            }
        }
    }

    int rank_ = rank_of_this();
    int ranks_ = count_of_ranks();
    Keeping keeping_;
    std::function<void(const std::string&)> fail_;
};

}  // namespace

MpiSession::MpiSession(int& argc, char**& argv) {
    MPI_Init(&argc, &argv);
    rank_ = rank_of_this();
    ranks_ = count_of_ranks();
}

MpiSession::~MpiSession() {
    MPI_Finalize();
}

void MpiSession::abort(int code) {
    MPI_Abort(MPI_COMM_WORLD, code);
    std::abort();
}

std::unique_ptr<JobRunner> mpi_runner(Keeping keeping, std::function<void(const std::string&)> fail) {
    return std::make_unique<MpiRunner>(std::move(keeping), std::move(fail));
}

}  // namespace steelyard::ensemble
