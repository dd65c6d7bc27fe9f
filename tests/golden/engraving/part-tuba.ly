#(set-global-staff-size 19.9169)
#(define word-points 11)
\book {
\bookOutputName "part-04-tuba"
\header {
  title = "1m01 Rain on Fifth"
  composer = "Ada Composer"
  cueNumber = "1m01"
  cueTitle = "Rain on Fifth"
  version = "v2"
  pageGauge = "0"
  instrument = "Tuba"
  playerName = "Tuba"
  transposition = ""
  copies = ""
  productionLines = \markup \centred-lines #'("The Long Way Home")
  cueTitleLines = \markup \centred-lines #'("Rain on Fifth")
  versionLines = \markup \left-lines #'("v2")
  versionLinesRight = \markup \right-lines #'("v2")
  creditLines = \markup \right-lines #'("Music by Ada Composer" "Orchestrated by Bo Orchestrator")
  playerNameLines = \markup \left-lines #'("Tuba")
  tagline = ##f
}
\paper {
  paper-width = 228.599\mm
  paper-height = 304.799\mm
  top-margin = 12.7\mm
  bottom-margin = 12.7\mm
  left-margin = 12.7\mm
  right-margin = 12.7\mm
  oddHeaderMarkup = \partHeader
  evenHeaderMarkup = \partHeader
}
\markup \tacet "bars 101–108, 0:16.95"
\label #'end
}
