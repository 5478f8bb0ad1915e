#pragma once
// Two desks: what the disclosure officer's case tells the data unit, and the case that the data unit makes of it with settings of its own.

#include <candour/base/settings.hpp>
#include <candour/request/case.hpp>
#include <candour/request/detail_wishes.hpp>

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace candour::request {

/// The keys of an order: those of the case file that the data unit needs. What is not named here does not travel: no requester, no text of the request but
/// the questions, no officer's reasons, no cost, no place of a record.
[[nodiscard]] std::span<const base::KeyTable> order_keys();
/// The keys of the data unit's own settings, holdings.toml.
[[nodiscard]] std::span<const base::KeyTable> data_unit_keys();

/// Gives the text of an order (TOML): questions that ask for statistics, populations, variables with their categories written out, coverage. Comments of the
/// case file do not travel. Takes the settings that the case was read from. Equal cases give equal bytes.
[[nodiscard]] std::string order_text(const base::Setting& case_settings, const Case& the_case);

/// An order read beside the data unit's settings.
struct CommissionedCase {
  Case the_case;  ///< as far as figures go; its reference, subject and questions are the order's
  std::string analyst;
  std::vector<CostItem> hours;       ///< what the work took, in the words of the cost ledger
  std::vector<DetailWishes> wishes;  ///< what the officer settled about detail
};

/// Takes the order's text (`order_name` stands in its mistakes) and holdings.toml; its files are seen from its folder. All mistakes are reported together,
/// each under the file in which it stands. Touches no record.
[[nodiscard]] base::ResultOrErrors<CommissionedCase> load_commissioned_case(std::string_view order, const std::string& order_name,
                                                                            const std::filesystem::path& holdings_file);

}  // namespace candour::request
