// SPDX-License-Identifier: Apache-2.0
#include "sample.hpp"

#include "steelyard/core/random.hpp"

namespace steelyard::space {

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
    RandomStream random(seed, draw, 0);
    std::size_t node = 0;
    for (std::size_t j = 0; j < diagram_.layers.size(); ++j) {
        const Diagram::Layer& layer = diagram_.layers[j];
        const double* shares = shares_[j].data() + node * layer.classes();
        const double at = random.uniform();
        std::size_t cls = 0;
        while (cls + 1 < layer.classes() && !(at < shares[cls]))
            ++cls;
        const auto& of_class = layer.options[cls];
        options[layer.issue] = of_class[static_cast<std::size_t>(random.below(of_class.size()))];
        node = layer.arc(node, cls).target;
    }
    return options;
}

}  // namespace steelyard::space
