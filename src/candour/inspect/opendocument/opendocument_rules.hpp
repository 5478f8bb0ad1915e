#pragma once
// The hiding places of OpenDocument that one element gives away, as data.

#include <candour/inspect/package/rule_scanner.hpp>

#include <span>

namespace candour::inspect {

[[nodiscard]] std::span<const ElementRule> opendocument_rules();

}  // namespace candour::inspect
