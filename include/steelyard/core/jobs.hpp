// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Work that may be cut in pieces and done in any order, on any thread or rank.
///
/// An analysis that draws describes its work as a `Tally`; a door lends it a `JobRunner` (Context::runner), or
/// none, and the pieces are done one after another.  Merging tallies is exact and its order does not matter,
/// so that the answer has the same bytes however the pieces were shared out.

#include "steelyard/core/context.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace steelyard {

/// What pieces of work add up to.
class Tally {
public:
    Tally() = default;
    Tally(const Tally&) = delete;
    Tally& operator=(const Tally&) = delete;
    virtual ~Tally() = default;

    /// An empty tally of the same work, with its own working space: for another thread.
    [[nodiscard]] virtual std::unique_ptr<Tally> fresh() const = 0;
    /// Does one piece and adds it.  Throws `Error`; a piece that threw has added nothing.
    virtual void add(std::uint64_t piece) = 0;
    /// Adds another tally of the same work that shares no piece with this one.
    virtual void merge(const Tally& other) = 0;
    /// All that `load` needs to restore it, as bytes.
    [[nodiscard]] virtual std::string save() const = 0;
    /// Replaces the content by what `save` wrote.  Throws `Error` (input_output) for anything else.
    virtual void load(std::string_view bytes) = 0;
};

/// A way to do many pieces.
class JobRunner {
public:
    JobRunner() = default;
    JobRunner(const JobRunner&) = delete;
    JobRunner& operator=(const JobRunner&) = delete;
    virtual ~JobRunner() = default;

    /// The first piece that an earlier run of the same study, stopped before its end, had not passed in whole:
    /// `total` then holds all pieces before it.  0 where there is none.  `study` is a fingerprint of all
    /// that the work depends on.
    virtual std::uint64_t resume(std::string_view study, Tally& total) = 0;

    /// Does the pieces from `begin` to before `end` and merges them into `total`.  Returns whether all are done;
    /// they are not when the context was cancelled or its budget is used up, and `total` then holds those that are.
    virtual bool run(std::string_view study, std::uint64_t begin, std::uint64_t end, Tally& total,
                     const Context& context) = 0;

    /// The study is finished: nothing needs to be kept of it.
    virtual void finish(std::string_view study) = 0;
};

}  // namespace steelyard
