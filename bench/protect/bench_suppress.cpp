#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wfloat-conversion"
#include <candour/attack/audit.hpp>
#include <candour/protect/suppress/suppress.hpp>
#include <candour/tabulate/cube.hpp>
#include <candour/certify/system_check.hpp>
#include <map>
#include <candour/tabulate/jj_table.hpp>
#include <candour/assess/system_rules.hpp>
#include <fmt/format.h>
#include <chrono>
#include <cmath>
#include <cstring>
#include <ctime>
using namespace candour;
static double now(){return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();}
// bench_suppress DIR TABLE vars(comma) mode(full|width1z|width1o|upper5z|amount) loss(one|value|log|sqrt) seconds audit
static int jj(const char* f,double secs,int rounds,bool audit){
  auto text=formats::read_plain_or_gzip(f); auto file=formats::read_jj(*text,f); auto t=tabulate::table_of_jj(*file,f); if(!t) {fmt::print("{}\n",base::to_text(t.error()));return 2;}
  protect::SuppressionOptions o; o.seconds=secs; o.rounds=rounds;
  std::clock_t c1=clock(); double w=now(); auto r=protect::suppress(t->system,t->truth,o); if(!r){fmt::print("{}\n",base::to_text(r.error()));return 3;}
  double prim=0,sc=std::pow(10,t->decimals); for(auto&s:t->truth.secrets) prim+=t->truth.loss[s.cell];
  fmt::print("{} cells {} primaries {} | secondary {} cost {} (with primaries {}) unprotected {} | cpu {:.2f} wall {:.2f}\n",f,t->truth.value.size(),t->truth.secrets.size(),r->secondary_count,r->loss/sc,(r->loss+prim)/sc,r->unprotected.size(),double(clock()-c1)/CLOCKS_PER_SEC,now()-w);
  if(audit){ knowledge::SystemView v{&t->system,r->standing,t->truth.value,t->truth.lowest,t->truth.highest}; std::vector<knowledge::AskedInterval> asked; for(auto&s:t->truth.secrets) asked.push_back({s.cell,s.reach_down,s.reach_up,s.width});
    attack::AuditOptions ao; ao.starting_table=t->truth.value; ao.numbers=attack::AuditNumbers::reals; auto a=attack::audit(v,asked,ao); if(!a){fmt::print("{}\n",base::to_text(a.error()));return 3;} using V=attack::AuditVerdict;
    fmt::print("  audit: real-unsafe {} undecided {} lps {} comps {} largest {}\n",a->count(V::fails_over_reals),a->count(V::undecided),a->linear_programs,a->components,a->largest_component); }
  return 0; }
int main(int argc,char**argv){
  if(argc>2&&!strcmp(argv[1],"jj")) return jj(argv[2],atof(argv[3]),atoi(argv[4]),atoi(argv[5]));
  if(argc<7) return 2;
  std::string dir=argv[1]; std::string vars=argv[2], mode=argv[3], lossk=argv[4]; double secs=atof(argv[5]); bool audit=atoi(argv[6]);
  tabulate::CubeOrder order; order.records=dir+"/micro.csv";
  for(size_t a=0;a<=vars.size();){ auto b=vars.find(',',a); if(b==std::string::npos)b=vars.size(); auto v=vars.substr(a,b-a); order.by.push_back({v,std::filesystem::path(dir+"/hier_"+v+".csv")}); a=b+1; }
  if(mode=="amount") order.amount_column="turnover";
  double t0=now();
  auto cube=tabulate::tabulate_cube(order); if(!cube){fmt::print("{}\n",base::to_text(cube.error()));return 2;}
  double t1=now();
  size_t n=cube->system.cell_count(); using namespace assess;
  LossKind lk= lossk=="one"?LossKind::one: lossk=="value"?LossKind::value: lossk=="log"?LossKind::logarithm:LossKind::value_and_one;
  CountRule rule; rule.loss=lk; if(mode!="full"&&mode!="width1o") rule.convention=table::ZeroConvention::hidden_may_be_zero; rule.protection= mode=="full"?CountProtection::contains_threshold: mode=="upper5z"?CountProtection::reaches_threshold:CountProtection::some_width;
  truth::SystemTruth t= mode=="amount"? truth_of_amounts(cube->system,cube->amount,cube->largest,cube->second,{15,lk}) : truth_of_counts(cube->system,cube->records,rule);
  protect::SuppressionOptions o; o.seconds=secs; if(argc>7) o.insider=protect::Insider::single_contributor; if(mode=="full") o.threshold=5;
  std::clock_t c1=clock(); auto r=protect::suppress(cube->system,t,o); if(!r){fmt::print("{}\n",base::to_text(r.error()));return 3;}
  fmt::print("{} {} {} cells {} primaries {} | secondary {} value {} unprotected {} | tab {:.2f} cpu {:.2f}\n",dir,mode,lossk,n,t.secrets.size(),r->secondary_count,r->secondary_value,r->unprotected.size(),t1-t0,double(clock()-c1)/CLOCKS_PER_SEC);
  { certify::SystemCheckOptions co; co.singles= argc>7?certify::SystemCheckOptions::Singles::checked:certify::SystemCheckOptions::Singles::not_asked; if(mode=="full"){co.threshold=5; co.replay=certify::SystemCheckOptions::Replay::checked;}
    std::clock_t c2=clock(); auto k=certify::check_system(cube->system,t,{r->standing,r->moves,r->moves_of},co); std::map<std::string,int> m; for(auto&f:k.faults) m[certify::word_of(f.kind)]++; fmt::print("  check: secrets {} moves {} changes {} cpu {:.3f} faults:",k.secrets,k.moves,k.changes,double(clock()-c2)/CLOCKS_PER_SEC); for(auto&[a,b]:m) fmt::print(" {}={}",a,b); fmt::print("\n"); }
  if(audit){ knowledge::SystemView v{&cube->system,r->standing,t.value,t.lowest,t.highest}; std::vector<knowledge::AskedInterval> asked; for(auto&s:t.secrets) asked.push_back({s.cell,s.reach_down,s.reach_up,s.width});
    attack::AuditOptions ao; ao.starting_table=t.value; auto a=attack::audit(v,asked,ao); if(!a){fmt::print("{}\n",base::to_text(a.error()));return 3;} using V=attack::AuditVerdict;
    fmt::print("  audit: real-unsafe {} int-unsafe {} undecided {} lps {} comps {} largest {}\n",a->count(V::fails_over_reals),a->count(V::fails_over_integers),a->count(V::undecided),a->linear_programs,a->components,a->largest_component); }
}
