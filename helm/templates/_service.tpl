{{/*
Everything of one service. Takes a dict:
  root      the chart's context
  name      the service, as in "serve NAME"
  values    its section of the values
  http      port of HTTP, health and metrics
  grpc      port of gRPC; left out for none
  calls     other services it calls: a list of names
  env       further environment variables, as in a pod
  ports     further ports it may reach
  mounts    further volume mounts, as in a container
  volumes   further volumes, as in a pod
  volume    true keeps /data on a volume: a StatefulSet of one instead of a Deployment
  public    true for the door to the outside
  internet  true when it may reach public addresses
*/}}
{{- define "tenure.service" -}}
{{- $root := .root -}}
{{- $name := include "tenure.name" (list $root .name) -}}
{{- $labels := include "tenure.labels" (list $root .name) -}}
{{- $selector := include "tenure.selector" (list $root .name) -}}
{{- $scaled := and (hasKey .values "autoscaling") .values.autoscaling.enabled -}}
apiVersion: apps/v1
kind: {{ ternary "StatefulSet" "Deployment" (default false .volume) }}
metadata:
  name: {{ $name }}
  labels: {{- $labels | nindent 4 }}
spec:
  {{- if .volume }}
  serviceName: {{ $name }}
  replicas: 1
  {{- else if not $scaled }}
  replicas: {{ .values.replicas }}
  {{- end }}
  selector:
    matchLabels: {{- $selector | nindent 6 }}
  template:
    metadata:
      labels: {{- $labels | nindent 8 }}
    spec:
      automountServiceAccountToken: false
      # Links would appear as TENURE_* variables and be taken for settings.
      enableServiceLinks: false
      terminationGracePeriodSeconds: 45
      {{- with $root.Values.imagePullSecrets }}
      imagePullSecrets: {{- toYaml . | nindent 8 }}
      {{- end }}
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
        runAsGroup: 10001
        fsGroup: 10001
        seccompProfile:
          type: RuntimeDefault
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels: {{- $selector | nindent 14 }}
      containers:
        - name: {{ .name }}
          image: {{ printf "%s:%s" $root.Values.image.repository (default $root.Chart.AppVersion $root.Values.image.tag) | quote }}
          imagePullPolicy: {{ $root.Values.image.pullPolicy }}
          args: [serve, {{ .name }}]
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          ports:
            - name: http
              containerPort: {{ .http }}
            {{- if .grpc }}
            - name: grpc
              containerPort: {{ .grpc }}
            {{- end }}
          env:
            {{- include "tenure.environment" . | nindent 12 }}
          startupProbe:
            httpGet: {path: /actuator/health/liveness, port: http}
            periodSeconds: 5
            failureThreshold: 60
          livenessProbe:
            httpGet: {path: /actuator/health/liveness, port: http}
            periodSeconds: 10
            timeoutSeconds: 5
          readinessProbe:
            httpGet: {path: /actuator/health/readiness, port: http}
            periodSeconds: 5
            timeoutSeconds: 5
          resources: {{- toYaml .values.resources | nindent 12 }}
          volumeMounts:
            - name: tmp
              mountPath: /tmp
            {{- if .volume }}
            - name: data
              mountPath: /data
            {{- end }}
            {{- with .mounts }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
      volumes:
        - name: tmp
          emptyDir:
            sizeLimit: 512Mi
        {{- with .volumes }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  {{- if .volume }}
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        {{- with .values.persistence.storageClass }}
        storageClassName: {{ . }}
        {{- end }}
        resources:
          requests:
            storage: {{ .values.persistence.size }}
  {{- end }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ $name }}
  labels: {{- $labels | nindent 4 }}
  {{- if .public }}
  {{- with .values.service.annotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- end }}
spec:
  {{- if .public }}
  type: {{ .values.service.type }}
  {{- else }}
  # Headless: gRPC clients see every pod and turn to another one when theirs goes.
  clusterIP: None
  {{- end }}
  selector: {{- $selector | nindent 4 }}
  ports:
    - name: http
      port: {{ if .public }}{{ .values.service.port }}{{ else }}{{ .http }}{{ end }}
      targetPort: http
    {{- if .grpc }}
    - name: grpc
      port: {{ .grpc }}
      targetPort: grpc
      appProtocol: kubernetes.io/h2c
    {{- end }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ $name }}
  labels: {{- $labels | nindent 4 }}
spec:
  maxUnavailable: 1
  selector:
    matchLabels: {{- $selector | nindent 6 }}
{{- if $scaled }}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ $name }}
  labels: {{- $labels | nindent 4 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ $name }}
  minReplicas: {{ .values.replicas }}
  maxReplicas: {{ max .values.replicas .values.autoscaling.maxReplicas }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: {{ .values.autoscaling.targetCPU }}
{{- end }}
{{- if $root.Values.metrics.serviceMonitor.enabled }}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: {{ $name }}
  labels: {{- $labels | nindent 4 }}
spec:
  selector:
    matchLabels: {{- $selector | nindent 6 }}
  endpoints:
    - port: http
      path: /actuator/prometheus
      interval: {{ $root.Values.metrics.serviceMonitor.interval }}
{{- end }}
{{- if $root.Values.networkPolicy.enabled }}
---
{{ include "tenure.networkPolicy" . }}
{{- end }}
{{- end -}}
