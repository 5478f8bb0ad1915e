#pragma once
// Which records are shown once the levels are chosen: the plain way, class by class.

#include <candour/protect/recode/privacy_model.hpp>
#include <candour/truth/coded_records.hpp>

#include <cstddef>
#include <vector>

namespace candour::protect {

/// Says of each record whether its class holds all that the model asks. Cost: sorting.
[[nodiscard]] std::vector<bool> shown_records(const truth::CodedRecords& records, const PrivacyModel& model, const std::vector<std::size_t>& levels);

}  // namespace candour::protect
