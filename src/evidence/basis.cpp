// SPDX-License-Identifier: Apache-2.0
#include "basis.hpp"

#include <charconv>
#include <string_view>

namespace steelyard::evidence {

Basis basis_of(const Case& subject, const std::string& pointer, const Number& number) {
    if (!number.basis.because.empty() || number.basis.assumption)
        return number.basis;
    const auto index_behind = [&](std::string_view head) {
        std::size_t index = 0;
        std::from_chars(pointer.data() + head.size(), pointer.data() + pointer.size(), index);
        return index;
    };
    if (pointer.starts_with("/bundles/"))
        return subject.bundles[index_behind("/bundles/")].basis;
    if (pointer.starts_with("/obligations/"))
        return {subject.obligations[index_behind("/obligations/")].because, false, {}};
    return {};
}

std::string origin_of(const Case& subject, const Claim& claim) {
    if (!claim.source)
        return claim.by.empty() ? claim.id : claim.by;
    const Source& source = subject[*claim.source];
    return source.origin.empty() ? source.id : source.origin;
}

}  // namespace steelyard::evidence
