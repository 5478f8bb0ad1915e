#include <candour/formats/xml_reader.hpp>

#include <candour/formats/xml_names.hpp>

#include <expat.h>

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

namespace candour::formats {

using base::Cause;
using base::Done;
using base::Error;
using base::fail;
using base::Result;

namespace {

constexpr char separator = '\x01';  // cannot stand in a namespace name or in XML at all

struct FreeParser {
  void operator()(XML_ParserStruct* parser) const { XML_ParserFree(parser); }
};

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

}  // namespace

std::optional<std::string_view> XmlAttributes::find(std::string_view name) const {
  for (const auto& attribute : all_) {
    if (attribute.name == name) return attribute.value;
  }
  return std::nullopt;
}

struct XmlReader::State {
  XmlHandler& handler;
  XmlLimits limits;
  std::unique_ptr<XML_ParserStruct, FreeParser> parser;
  std::unordered_map<std::string, std::string, TextHash, std::equal_to<>> names;
  std::vector<XmlAttribute> attributes;
  std::uint32_t depth = 0;
  XML_Index last_event = 0;
  std::optional<Error> failure;

  State(XmlHandler& given_handler, XmlLimits given_limits) : handler(given_handler), limits(given_limits), parser(XML_ParserCreateNS(nullptr, separator)) {}

  std::string_view canonical(const XML_Char* expanded) {
    const std::string_view name = expanded;
    const std::size_t cut = name.rfind(separator);
    if (cut == std::string_view::npos) return name;
    if (const auto known = names.find(name); known != names.end()) return known->second;
    const std::string_view uri = name.substr(0, cut), local = name.substr(cut + 1), prefix = canonical_prefix(uri);
    std::string text = prefix.empty() ? "{" + std::string(uri) + "}" : std::string(prefix) + ":";
    text += local;
    return names.emplace(std::string(name), std::move(text)).first->second;
  }

  void stop(std::string code, std::string sentence) {
    if (failure) return;
    failure = Error{Cause::could_not_finish, std::move(code), place(), std::move(sentence), {}};
    XML_StopParser(parser.get(), XML_FALSE);
  }

  base::Place place() const { return {"", XML_GetCurrentLineNumber(parser.get()), XML_GetCurrentColumnNumber(parser.get()) + 1}; }

  static State& of(void* self) { return *static_cast<State*>(self); }

  static void start(void* self, const XML_Char* name, const XML_Char** pairs) {
    State& state = of(self);
    if (state.failure) return;
    if (++state.depth > state.limits.most_depth)
      return state.stop("xml.over_limit", "elements are nested deeper than the limit of " + std::to_string(state.limits.most_depth));
    state.attributes.clear();
    for (; *pairs != nullptr; pairs += 2) {
      if (state.attributes.size() == state.limits.most_attributes) return state.stop("xml.over_limit", "an element has more attributes than the limit");
      state.attributes.push_back({state.canonical(pairs[0]), pairs[1]});
    }
    state.handler.on_start(state.canonical(name), XmlAttributes(state.attributes));
  }
  static void end(void* self, const XML_Char* name) {
    State& state = of(self);
    if (state.failure) return;
    --state.depth;
    state.handler.on_end(state.canonical(name));
  }
  static void text(void* self, const XML_Char* bytes, int length) {
    if (!of(self).failure) of(self).handler.on_text({bytes, static_cast<std::size_t>(length)});
  }
  static void comment(void* self, const XML_Char* bytes) {
    if (!of(self).failure) of(self).handler.on_comment(bytes);
  }
  static void instruction(void* self, const XML_Char* target, const XML_Char* data) {
    if (!of(self).failure) of(self).handler.on_instruction(target, data);
  }
  static void doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    of(self).stop("xml.doctype", "the document declares a document type, which could define entities");
  }
};

XmlReader::XmlReader(XmlHandler& handler, XmlLimits limits) : state_(std::make_unique<State>(handler, limits)) {
  XML_Parser parser = state_->parser.get();
  XML_SetUserData(parser, state_.get());
  XML_SetElementHandler(parser, State::start, State::end);
  XML_SetCharacterDataHandler(parser, State::text);
  XML_SetCommentHandler(parser, State::comment);
  XML_SetProcessingInstructionHandler(parser, State::instruction);
  XML_SetStartDoctypeDeclHandler(parser, State::doctype);
  XML_SetParamEntityParsing(parser, XML_PARAM_ENTITY_PARSING_NEVER);
}

XmlReader::~XmlReader() = default;

namespace {
enum class Last { no, yes };
}

static Result<Done> parse(XML_ParserStruct* parser, std::string_view piece, Last last, const std::optional<Error>& failure) {
  const auto status = XML_Parse(parser, piece.data(), static_cast<int>(piece.size()), last == Last::yes ? XML_TRUE : XML_FALSE);
  if (failure) return fail(*failure);
  if (status == XML_STATUS_OK) return Done{};
  const base::Place place{"", XML_GetCurrentLineNumber(parser), XML_GetCurrentColumnNumber(parser) + 1};
  return fail({Cause::could_not_finish, "xml.malformed", place, std::string("not well-formed XML: ") + XML_ErrorString(XML_GetErrorCode(parser)), {}});
}

Result<Done> XmlReader::feed(std::string_view piece) {
  constexpr std::size_t most = 1 << 20;
  while (!piece.empty()) {
    if (state_->failure) return fail(*state_->failure);
    const std::string_view part = piece.substr(0, most);
    piece.remove_prefix(part.size());
    CANDOUR_TRY_DONE(parse(state_->parser.get(), part, Last::no, state_->failure));
    // A tag or comment that never ends would be kept in memory whole: what expat holds back is what it has not yet reported.
    int offset = 0, held = 0;
    if (XML_GetInputContext(state_->parser.get(), &offset, &held) != nullptr && held > offset &&
        static_cast<std::uint32_t>(held - offset) > state_->limits.longest_markup_bytes) {
      state_->stop("xml.over_limit", "one tag or comment is longer than the limit");
      return fail(*state_->failure);
    }
  }
  return Done{};
}

Result<Done> XmlReader::finish() {
  if (state_->failure) return fail(*state_->failure);
  return parse(state_->parser.get(), {}, Last::yes, state_->failure);
}

Result<Done> read_xml(std::string_view bytes, XmlHandler& handler, XmlLimits limits) {
  XmlReader reader(handler, limits);
  CANDOUR_TRY_DONE(reader.feed(bytes));
  return reader.finish();
}

}  // namespace candour::formats
