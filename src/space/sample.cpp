// SPDX-License-Identifier: Apache-2.0
#include "sample.hpp"

#include <algorithm>

namespace steelyard::space {

namespace {

/// SplitMix64 (Steele, Lea & Flood 2014) as a function of a counter.
std::uint64_t mixed(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31U);
}

/// In [0, 1).
double unit(std::uint64_t bits) {
    return static_cast<double>(bits >> 11U) * 0x1.0p-53;
}

}  // namespace

Sampler::Sampler(const Diagram& diagram) : diagram_(diagram) {
    std::vector<BigInt> after(1, 1);
    shares_.resize(diagram.layers.size());
    for (std::size_t j = diagram.layers.size(); j-- > 0;) {
        const Diagram::Layer& layer = diagram.layers[j];
        std::vector<BigInt> here(layer.nodes);
        shares_[j].resize(layer.nodes * layer.classes());
        for (std::size_t node = 0; node < layer.nodes; ++node) {
            std::vector<BigInt> up_to;
            for (std::size_t cls = 0; cls < layer.classes(); ++cls) {
                const Diagram::Arc& arc = layer.arc(node, cls);
                if (arc.target != Diagram::none)
                    here[node] += after[arc.target] * layer.options[cls].size();
                up_to.push_back(here[node]);
            }
            for (std::size_t cls = 0; cls < layer.classes() && here[node] > 0; ++cls) {
                constexpr std::int64_t parts = std::int64_t{1} << 53U;
                shares_[j][node * layer.classes() + cls] =
                    to_double(BigInt(up_to[cls] * parts / here[node])) / static_cast<double>(parts);
            }
        }
        after = std::move(here);
    }
    deals_ = after[0];
}

std::vector<std::size_t> Sampler::draw(std::uint64_t seed, std::uint64_t draw) const {
    std::vector<std::size_t> options(diagram_.layers.size());
    const std::uint64_t stream = mixed(mixed(seed) ^ draw);
    std::size_t node = 0;
    for (std::size_t j = 0; j < diagram_.layers.size(); ++j) {
        const Diagram::Layer& layer = diagram_.layers[j];
        const double* shares = shares_[j].data() + node * layer.classes();
        const double at = unit(mixed(stream + 2 * j));
        std::size_t cls = 0;
        while (cls + 1 < layer.classes() && !(at < shares[cls]))
            ++cls;
        const auto& of_class = layer.options[cls];
        const auto pick =
            static_cast<std::size_t>(unit(mixed(stream + 2 * j + 1)) * static_cast<double>(of_class.size()));
        options[layer.issue] = of_class[std::min(pick, of_class.size() - 1)];
        node = layer.arc(node, cls).target;
    }
    return options;
}

}  // namespace steelyard::space
