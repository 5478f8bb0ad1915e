#pragma once
// The notice of an answer: its mandatory parts, as paragraphs.

#include <candour/release/readable_answer.hpp>

namespace candour::release {

/// Gives the notice. What is missing from the case file is an error "notice.incomplete" for each missing part (notice/notice.hpp).
[[nodiscard]] base::ResultOrErrors<NoticeText> notice_of(const ReadableAnswer& answer);

}  // namespace candour::release
