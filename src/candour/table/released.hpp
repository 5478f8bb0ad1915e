#pragma once
// What goes out about a population, as the register will keep it.

#include <candour/table/draft.hpp>
#include <candour/table/releases.hpp>

#include <string>

namespace candour::table {

/// Gives the tables and statements of a population as a release; id, dates and digests are the caller's. A category is its finest codes, those of periods only
/// as far as the question covers them. Of the statements it keeps percentages and bounds; a sentence that small counts stand in a finer table says nothing
/// here. Cost: linear in cells.
[[nodiscard]] Release released(const PublishedPopulation& published);

/// The question that contains another one most closely; nothing where none does.
[[nodiscard]] std::optional<QuestionIndex> question_around(const AtomSpace& space, QuestionIndex question);

}  // namespace candour::table
