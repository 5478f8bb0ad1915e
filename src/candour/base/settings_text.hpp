#pragma once
// Settings written as TOML: the way back from parse_settings.

#include <candour/base/settings.hpp>

#include <string>

namespace candour::base {

/// Gives TOML that parse_settings reads as the same settings (lines aside): what stands at the top first, then a [table] or [[table]] for each key
/// that holds tables; whatever lies deeper stands in one line. Comments are not part of settings. Equal settings give equal bytes.
[[nodiscard]] std::string to_toml(const Setting& top);

}  // namespace candour::base
