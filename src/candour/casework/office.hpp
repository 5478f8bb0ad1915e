#pragma once
// The settings of a disclosure unit that all its cases share: office.toml.

#include <candour/base/date.hpp>
#include <candour/base/settings.hpp>
#include <candour/request/case.hpp>

#include <filesystem>
#include <span>
#include <string>

namespace candour::casework {

struct Office {
  request::Authority authority;
  std::string reference_pattern = "FOI-{year}-{number:4}";
};

[[nodiscard]] std::span<const base::KeyTable> office_keys();

/// Reads office.toml. Every mistake with its line; codes "office.*".
[[nodiscard]] base::ResultOrErrors<Office> load_office(const std::filesystem::path& file);

/// Gives the reference of a number: "{year}" is the year of receipt, "{number}" the number, "{number:4}" the same with at least four digits.
/// The pattern has been checked by load_office: exactly one number, and nothing that a folder's name cannot hold.
[[nodiscard]] std::string reference_of(const std::string& pattern, base::Date received, int number);

}  // namespace candour::casework
