#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wfloat-conversion"
#include <candour/attack/audit.hpp>
#include <candour/protect/suppress/suppress.hpp>
#include <candour/tabulate/cube.hpp>
#include <fmt/format.h>
#include <chrono>
#include <cmath>
#include <cstring>
#include <ctime>
using namespace candour;
static double now(){return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();}
// bench_suppress DIR TABLE vars(comma) mode(full|width1z|width1o|upper5z|amount) loss(one|value|log|sqrt) seconds audit
int main(int argc,char**argv){
  if(argc<7) return 2;
  std::string dir=argv[1]; std::string vars=argv[2], mode=argv[3], lossk=argv[4]; double secs=atof(argv[5]); bool audit=atoi(argv[6]);
  tabulate::CubeOrder order; order.records=dir+"/micro.csv";
  for(size_t a=0;a<=vars.size();){ auto b=vars.find(',',a); if(b==std::string::npos)b=vars.size(); auto v=vars.substr(a,b-a); order.by.push_back({v,std::filesystem::path(dir+"/hier_"+v+".csv")}); a=b+1; }
  if(mode=="amount") order.amount_column="turnover";
  double t0=now();
  auto cube=tabulate::tabulate_cube(order); if(!cube){fmt::print("{}\n",base::to_text(cube.error()));return 2;}
  double t1=now();
  truth::SystemTruth t; size_t n=cube->system.cell_count(); auto&val= mode=="amount"?cube->amount:cube->records;
  t.value=val; bool one=mode=="full"||mode=="width1o";
  for(size_t c=0;c<n;++c){ auto v=val[c]; using S=table::CellStanding;
    S s= v==0?S::always_shown:S::shown; 
    if(mode=="amount"){ auto l=cube->largest[c], x2=cube->second[c]; auto rest=v-l-x2; if(v>0&&rest*100<15*l){ s=S::primary; auto need=(15*l+99)/100-rest; t.secrets.push_back({(table::SystemCell)c,v-need<0?0:v-need,v+need,0}); } }
    else if(v>0&&v<5){ s=S::primary; if(mode=="full") t.secrets.push_back({(table::SystemCell)c,1,5,0}); else if(mode=="upper5z") t.secrets.push_back({(table::SystemCell)c,v,5,0}); else t.secrets.push_back({(table::SystemCell)c,v,v,1}); }
    t.standing.push_back(s); t.lowest.push_back(one?1:0); t.highest.push_back(val[0]);
    double L= lossk=="one"?1: lossk=="value"?v: lossk=="log"?1+std::log2(1+v): lossk=="sqrt"? 1+std::sqrt(v): 10+v; t.loss.push_back(std::max<int64_t>(1,std::llround(L*(lossk=="value"||lossk=="one"?1:8))));
  }
  protect::SuppressionOptions o; o.seconds=secs;
  std::clock_t c1=clock(); auto r=protect::suppress(cube->system,t,o); if(!r){fmt::print("{}\n",base::to_text(r.error()));return 3;}
  fmt::print("{} {} {} cells {} primaries {} | secondary {} value {} unprotected {} | tab {:.2f} cpu {:.2f}\n",dir,mode,lossk,n,t.secrets.size(),r->secondary_count,r->secondary_value,r->unprotected.size(),t1-t0,double(clock()-c1)/CLOCKS_PER_SEC);
  if(audit){ knowledge::SystemView v{&cube->system,r->standing,t.value,t.lowest,t.highest}; std::vector<knowledge::AskedInterval> asked; for(auto&s:t.secrets) asked.push_back({s.cell,s.reach_down,s.reach_up,s.width});
    attack::AuditOptions ao; ao.starting_table=t.value; auto a=attack::audit(v,asked,ao); if(!a){fmt::print("{}\n",base::to_text(a.error()));return 3;} using V=attack::AuditVerdict;
    fmt::print("  audit: real-unsafe {} int-unsafe {} undecided {} lps {} comps {} largest {}\n",a->count(V::fails_over_reals),a->count(V::fails_over_integers),a->count(V::undecided),a->linear_programs,a->components,a->largest_component); }
}
