// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Thinning out a front with a known error.

#include "front.hpp"

#include <cstddef>
#include <vector>

namespace steelyard::space {

/// Keeps one row for each undominated box of a grid whose boxes are `error[p]` + 1 wide for actor p, so that every
/// row dropped is nowhere more than `error` above some row kept (Laumanns, Thiele, Deb & Zitzler 2002).  Returns
/// whether a row was dropped.  The front must be sorted; it stays so.  Of more than `most` boxes those dominated stay
/// too: finding them takes long where there are many actors, and the caller goes on to wider boxes.
template <class W>
bool coarsen(Front<W>& front, const std::vector<typename W::Value>& error, std::size_t most);

/// Joins rows into the upper corner of what they span in each such box, so that every row before is at or below some
/// row after, by at most `error`.  Counts and keys mean nothing afterwards.  The front must be sorted; it stays so.
/// Of more than `most` corners those dominated stay too.
template <class W>
void raise_rows(Front<W>& front, const std::vector<typename W::Value>& error, std::size_t most);

extern template bool coarsen(Front<Narrow>&, const std::vector<Narrow::Value>&, std::size_t);
extern template bool coarsen(Front<Wide>&, const std::vector<Wide::Value>&, std::size_t);
extern template bool coarsen(Front<Big>&, const std::vector<Big::Value>&, std::size_t);

extern template void raise_rows(Front<Narrow>&, const std::vector<Narrow::Value>&, std::size_t);
extern template void raise_rows(Front<Wide>&, const std::vector<Wide::Value>&, std::size_t);
extern template void raise_rows(Front<Big>&, const std::vector<Big::Value>&, std::size_t);

}  // namespace steelyard::space
