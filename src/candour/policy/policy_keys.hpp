#pragma once
// Every key of a policy file, once: the reader checks against it and the manual is written from it.

#include <candour/base/settings.hpp>

#include <span>

namespace candour::policy {

[[nodiscard]] std::span<const base::KeyTable> policy_keys();
/// The bytes of policies/default.toml.
extern const std::string_view shipped_policy_text;

}  // namespace candour::policy
