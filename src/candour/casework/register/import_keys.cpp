#include <candour/casework/register/import_release.hpp>

namespace candour::casework {

std::span<const base::KeyTable> import_keys() {
  using enum base::KeyForm;
  using enum base::Presence;
  static const std::vector<base::KeyTable> keys = {
      {"",
       "An answer that was published by other means.",
       {{"release", table, required, "Which answer it was."},
        {"table", list_of_tables, required, "Its tables."},
        {"ratio", list_of_tables, optional, "Percentages and averages published beside them, in a text or in a press notice."}}},
      {"release",
       "Which answer it was.",
       {{"id", text, required, "Its name in the register, such as the request's reference. Never used twice."},
        {"title", text, optional, "What it was about."},
        {"population", text, required, "The population that its figures are about, as case files name it."},
        {"published_on", date, required, "When it was published or sent."},
        {"extracted_on", date, required, "When the records were read. Answers of one extract count the same records."},
        {"corrects", text, optional, "The release whose figures this one replaces."}}},
      {"table",
       "A table of the answer.",
       {{"id", text, required, "Its name within the release."},
        {"title", text, optional, "Its heading."},
        {"file", text, required, "The CSV, ODS or XLSX file, beside this one; a sheet stands after \"#\"."},
        {"counted", text, required, "What it counts, as case files label it: \"arrested\"."},
        {"counted_among", text, optional, "What contains that: \"stopped\". Nothing where nothing does."},
        {"figures", text, optional, "The column that holds the figures, where each row holds one."},
        {"column", list_of_tables, optional, "The columns that name categories."},
        {"across", table, optional, "Where the categories of a variable stand side by side: which columns they are."},
        {"limit", list_of_tables, optional, "What the whole table is limited to: the period it covers, a part of the area."},
        {"rounded_to", whole_number, optional, "The base to which its figures were rounded."},
        {"rounding", one_of_words, optional, "How: to the nearest multiple (also where nothing is said), or up or down at random.", {"nearest", "random"}},
        {"noise_variance", number, optional,
         "Of figures with noise (cell key, differential privacy): its variance. They say nothing as figures without noise_at_most, and are counted against "
         "averaging."},
        {"noise_at_most", whole_number, optional,
         "With noise_variance, where the noise has a bound (cell key): how far a figure can lie from its count. Then each says that much, and 0 may be any "
         "count "
         "up to it."},
        {"noise_key", text, optional,
         "With noise_variance: a name for the key that the noise hangs on. The same table under the same name has the same noise and counts once."},
        {"hidden", list_of_texts, optional, "Symbols that stand for a hidden figure."},
        {"hidden_at_least", whole_number, optional, "What a hidden figure is at least (1 where nothing is said)."},
        {"hidden_at_most", whole_number, optional, "What a hidden figure is at most; without it there is no limit."},
        {"no_figure", list_of_texts, optional, "Symbols that say nothing of a figure; an empty field says nothing either."},
        {"encoding", one_of_words, optional, "Of a CSV file.", {"utf-8", "windows-1252"}},
        {"delimiter", text, optional, "Of a CSV file: one character."}}},
      {"table.column",
       "A column that names the categories of a variable.",
       {{"header", text, required, "The column's header."},
        {"variable", text, required, "The variable, as case files name it."},
        {"total", text, optional, "The text of the row that is the sum of all others."},
        {"everything", text, optional, "The text of the row that counts all there are, also those who have no row of their own."},
        {"codes", texts_by_name, optional,
         "What each text means: a code, or several with commas between. A text that is not listed is its own code: \"18-24\", \"2024-03\", "
         "\"2024-01..2024-05\"."}}},
      {"table.across",
       "A variable whose categories are columns.",
       {{"variable", text, required, "The variable, as case files name it."},
        {"total", text, optional, "The header of the column that is the sum of all others."},
        {"everything", text, optional, "The header of the column that counts all there are, also those who have no column of their own."},
        {"columns", texts_by_name, required, "The headers of the columns, and the code or codes that each means."}}},
      {"table.limit",
       "What a table is limited to in one variable.",
       {{"variable", text, required, "The variable."},
        {"codes", text, required, "A code, or several with commas between."},
        {"words", text, optional, "The same in words."}}},
      {"ratio",
       "A percentage or an average.",
       {{"kind", one_of_words, required, "Per cent, or an average: how many of the part there are for each of the whole.", {"per-cent", "average"}},
        {"figure", number, required, "As it was published: 37.9. Its decimals count."},
        {"part_table", text, required, "The table of the part."},
        {"part", list_of_texts, optional, "The texts of its row and column, in the order of the table's columns; nothing for a table of one figure."},
        {"whole_table", text, required, "The table of the whole."},
        {"whole", list_of_texts, optional, "Likewise."}}}};
  return keys;
}

}  // namespace candour::casework
