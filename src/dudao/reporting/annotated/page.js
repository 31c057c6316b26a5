(function(){
"use strict";
var OPEN=["inconsistent","contradiction","error","warning","note"];
var doc=document,all=function(q,r){return Array.prototype.slice.call((r||doc).querySelectorAll(q))};
var cards=all(".fd"),marks=all(".m[data-e]"),paper=doc.querySelector(".paper"),pane=doc.querySelector(".pw");
var kind=doc.getElementById("kind"),level=doc.getElementById("level"),left=doc.getElementById("left"),at=doc.getElementById("at");
var chosen={},current=-1;
function shown(){return cards.filter(function(c){return !c.hidden})}
function filter(){
  var some=Object.keys(chosen).length>0;
  cards.forEach(function(c){
    var s=c.dataset.s,ok=!some||chosen[s]||(chosen.open&&OPEN.indexOf(s)>=0);
    if(kind.value&&c.dataset.k!==kind.value)ok=false;
    if(level.value&&c.dataset.l!==level.value)ok=false;
    c.hidden=!ok;
  });
  // Looking at what is open, the figures that agree stay marked in the text; a narrower choice marks only itself.
  var wide=!kind.value&&!level.value&&(!some||(chosen.open&&Object.keys(chosen).length===1)),visible={};
  shown().forEach(function(c){visible[c.id]=true});
  marks.forEach(function(m){m.classList.toggle("off",!wide&&!visible[m.dataset.e])});
  left.textContent="列出 "+shown().length+" / "+cards.length;
  say();
}
function say(){var s=shown(),i=s.indexOf(cards[current]);at.textContent=s.length?((i<0?0:i+1)+" / "+s.length):"";}
function select(card,from){
  if(!card)return;
  cards.forEach(function(c){c.classList.toggle("sel",c===card);if(c!==card)c.open=false});
  marks.forEach(function(m){m.classList.toggle("sel",m.dataset.e===card.id)});
  current=cards.indexOf(card);card.open=true;
  if(from!=="text"){
    var first=doc.getElementById("m-"+card.id);
    if(first){unfold(first);first.scrollIntoView({block:"center"})}
  }
  if(from!=="card")card.scrollIntoView({block:"nearest"});
  say();
}
function step(by){
  var s=shown();if(!s.length)return;
  var i=s.indexOf(cards[current]);
  select(s[i<0?(by>0?0:s.length-1):(i+by+s.length)%s.length]);
}
function unfold(node){
  var p=node.closest(".paper>*");if(p)p.classList.add("shown");
}
cards.forEach(function(card){
  card.querySelector("summary").addEventListener("click",function(){if(!card.open)setTimeout(function(){select(card,"card")},0)});
});
doc.addEventListener("click",function(e){
  var t=e.target.closest("[data-go],[data-at],a.m,[data-step],[data-show],[data-f]");if(!t)return;
  if(t.dataset.go){e.preventDefault();select(doc.getElementById(t.dataset.go))}
  else if(t.dataset.at){e.preventDefault();go(+t.dataset.at)}
  else if(t.matches("a.m")){e.preventDefault();var c=doc.getElementById(t.dataset.e);if(c.hidden)c.hidden=false;select(c,"text");say()}
  else if(t.dataset.step)step(+t.dataset.step);
  else if(t.dataset.show)show(t.dataset.show);
  else if(t.dataset.f){
    var f=t.dataset.f,on=t.getAttribute("aria-pressed")!=="true";t.setAttribute("aria-pressed",on);
    if(on)chosen[f]=true;else delete chosen[f];filter();
  }
});
function go(place){
  var best=null;
  all("[data-p]",paper).forEach(function(p){if(+p.dataset.p<=place)best=p});
  if(best){best.classList.add("shown");best.scrollIntoView({block:"center"})}
}
function show(what){
  var only=what==="prob";
  all("[data-show]").forEach(function(b){b.setAttribute("aria-pressed",b.dataset.show===what)});
  all(".fold",paper).forEach(function(f){f.remove()});
  all(".shown",paper).forEach(function(p){p.classList.remove("shown")});
  pane.classList.toggle("only",only);
  if(!only)return;
  var run=[],heading=null;
  all(".keep",paper).forEach(function(p){p.classList.remove("keep")});
  all(".paper>*").forEach(function(p){
    if(p.matches(".h")){heading=p;if(p.matches(".h1"))p.classList.add("keep")}
    if(p.matches(".prob")&&heading)heading.classList.add("keep");
  });
  function close(before){
    if(run.length){
      var n=0,hidden=run.slice();hidden.forEach(function(p){n+=+(p.dataset.n||0)});
      var b=doc.createElement("button");b.type="button";b.className="fold";
      b.textContent="› 略去 "+hidden.length+" 段"+(n?"，"+n+" 处数字没有问题":"");
      b.addEventListener("click",function(){hidden.forEach(function(p){p.classList.add("shown")});b.remove()});
      paper.insertBefore(b,before);run=[];
    }
  }
  all(".paper>*").forEach(function(p){
    if(p.matches(".prob,.keep,.t"))close(p);else run.push(p);
  });
  close(null);
}
kind.addEventListener("change",filter);level.addEventListener("change",filter);
doc.getElementById("orig").addEventListener("change",function(e){paper.classList.toggle("original",e.target.checked)});
doc.addEventListener("keydown",function(e){
  if(e.isComposing||e.ctrlKey||e.metaKey||e.altKey||/^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName))return;
  if(e.key==="n"||e.key==="N"){e.preventDefault();step(1)}
  else if(e.key==="p"||e.key==="P"){e.preventDefault();step(-1)}
});
var opened=[];
window.addEventListener("beforeprint",function(){opened=cards.filter(function(c){return !c.open});opened.forEach(function(c){c.open=true})});
window.addEventListener("afterprint",function(){opened.forEach(function(c){c.open=false})});
var heads=all(".ol a");
pane.addEventListener("scroll",function(){
  var top=pane.getBoundingClientRect().top+80,now=null;
  heads.forEach(function(a){var h=doc.getElementById(a.getAttribute("href").slice(1));if(h&&h.getBoundingClientRect().top<=top)now=a});
  heads.forEach(function(a){a.parentNode.classList.toggle("on",a===now);if(a===now)a.setAttribute("aria-current","location");else a.removeAttribute("aria-current")});
});
var openChip=doc.querySelector('[data-f="open"]');
if(cards.some(function(c){return OPEN.indexOf(c.dataset.s)>=0})){chosen.open=true;openChip.setAttribute("aria-pressed","true")}
filter();
var asked=doc.getElementById(location.hash.slice(1));
if(asked&&asked.classList.contains("fd")){asked.hidden=false;select(asked)}else if(cards.length&&OPEN.indexOf(cards[0].dataset.s)>=0)select(cards[0],"start");
})();
