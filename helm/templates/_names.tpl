{{/* Name of a service's objects: RELEASE-SERVICE. Takes (list root service). */}}
{{- define "tenure.name" -}}
{{- printf "%s-%s" ((index . 0).Release.Name | trunc 40 | trimSuffix "-") (index . 1) -}}
{{- end -}}

{{/* Labels that select the pods of a service. Takes (list root service). */}}
{{- define "tenure.selector" -}}
app.kubernetes.io/name: {{ index . 1 }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
{{- end -}}

{{/* All labels. Takes (list root service). */}}
{{- define "tenure.labels" -}}
{{ include "tenure.selector" . }}
app.kubernetes.io/part-of: tenure
app.kubernetes.io/version: {{ (index . 0).Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ (index . 0).Release.Service }}
helm.sh/chart: {{ (index . 0).Chart.Name }}-{{ (index . 0).Chart.Version }}
{{- end -}}

{{/* gRPC target of a service. Takes (list root service port). */}}
{{- define "tenure.target" -}}
dns:///{{ include "tenure.name" . }}:{{ index . 2 }}
{{- end -}}
