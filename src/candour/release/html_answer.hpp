#pragma once
// The page of the disclosure log: one HTML file that needs nothing beside it.

#include <candour/release/readable_answer.hpp>

#include <string>

namespace candour::release {

/// Gives public/answer.html. No requester, nothing loaded from elsewhere, no script but that of Leave this site.
[[nodiscard]] std::string html_answer(const ReadableAnswer& answer);

/// "Given in part": the outcome of the answer as a whole.
[[nodiscard]] Outcome overall_outcome(const ReadableAnswer& answer);

}  // namespace candour::release
