#pragma once
// The notice of an answer: its mandatory parts, as paragraphs.

#include <candour/release/readable_answer.hpp>

namespace candour::release {

/// Gives the notice. Needs questions and outcomes of the answer; what is missing from the case file is an error "release.incomplete_notice".
[[nodiscard]] base::ResultOrErrors<NoticeText> notice_of(const ReadableAnswer& answer);

}  // namespace candour::release
